package dev.roundhouse.emulator.record;

import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.record.format.ChunkWriter;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.kernel.abi.CallAbi;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Records a run while it goes on:
 *
 * <pre>
 *   try (Recorder recorder = Recorder.start(config, notes, out);
 *       Machine machine = new Machine(recorder.config())) {
 *     recorder.finish(machine.run());
 *   }
 * </pre>
 *
 * <p>What happened so far reaches the stream at least each 100 virtual milliseconds in which
 * anything happens, and when the machine looks up twice and nothing has happened in between, so
 * that a run that is killed leaves a recording that ends a little earlier or at rest. While a
 * machine runs, a stream that cannot be written ends the run by {@link UncheckedIOException}.
 */
public final class Recorder implements AutoCloseable {
  private final OutputStream out;
  private final EventRecorder events;
  private final MachineConfig config;

  private Recorder(MachineConfig plain, EventRecorder events, OutputStream out) {
    this.out = out;
    this.events = events;
    config =
        new MachineConfig(
            plain.engine(),
            isWatched(plain) ? plain.guest() : recorded(plain.guest()),
            events.watched(plain.lines()),
            plain.extras(),
            plain.run(),
            events.listeners());
  }

  /** Whether there is somebody to be told of a kernel's calls, or of its tasks. */
  private static boolean isWatched(MachineConfig plain) {
    boolean isKnown =
        plain.guest() instanceof Guest.Kernel kernel
            && kernel.watched().filter(abi -> abi != CallAbi.UNKNOWN).isPresent();
    return isKnown || plain.listeners().trace().isOn();
  }

  /** Watching a kernel takes time, and a recording has nothing of it. */
  private static Guest recorded(Guest guest) {
    return switch (guest) {
      case Guest.Programs programs -> programs;
      case Guest.Kernel kernel -> kernel.unwatched();
    };
  }

  /**
   * Writes down what a run is made of, before it starts.
   *
   * @param config of the machine that is to be recorded
   * @param out where the recording goes; closed with the recorder
   * @throws RecordingException when the guest is larger than a recording can be, or processes of
   *     the host share the machine's memory
   */
  public static Recorder start(MachineConfig config, RecordedNotes notes, OutputStream out)
      throws IOException, RecordingException {
    ChunkWriter chunks = new ChunkWriter(out);
    new SetupWriter(chunks)
        .write(
            new RunSetup(
                recorded(config.guest()),
                config.lines(),
                config.run().limits().virtualNanos(),
                config.extras(),
                notes));
    return new Recorder(config, new EventRecorder(chunks, config.listeners()), out);
  }

  /** The configuration with the recorder among its listeners: make the machine of it. */
  public MachineConfig config() {
    return config;
  }

  /** Completes the recording. */
  public void finish(RunResult result) throws IOException {
    events.finish(RecordedEnd.of(result));
  }

  /** Closes the stream; a recording that was not finished replays up to here. */
  @Override
  public void close() throws IOException {
    try (out) {
      events.breakOff();
    }
  }
}
