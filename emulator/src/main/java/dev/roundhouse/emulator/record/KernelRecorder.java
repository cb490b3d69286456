package dev.roundhouse.emulator.record;

import dev.roundhouse.emulator.machine.BootConfig;
import dev.roundhouse.emulator.machine.BootResult;
import dev.roundhouse.emulator.machine.Outfit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Records the run of a booted kernel while it goes on, as {@link Recorder} does of programs. */
public final class KernelRecorder implements AutoCloseable {
  private final OutputStream out;
  private final EventRecorder events;
  private final BootConfig config;

  private KernelRecorder(BootConfig plain, EventRecorder events, OutputStream out) {
    this.out = out;
    this.events = events;
    config =
        new BootConfig(
            plain.engine(),
            plain.listeners().trace().isOn() ? plain.guest() : unwatched(plain.guest()),
            events.watched(plain.lines()),
            plain.course(),
            events.listeners());
  }

  /** Watching a kernel takes time, and a recording has nothing of it. */
  private static BootConfig.Guest unwatched(BootConfig.Guest guest) {
    return new BootConfig.Guest(
        guest.image(),
        guest.ramBytes(),
        guest.onReboot(),
        guest.instructionTime(),
        Optional.empty());
  }

  /**
   * Writes down what a run is made of, before it starts.
   *
   * @param config of the machine that is to be recorded
   * @param out where the recording goes; closed with the recorder
   * @throws RecordingException when the kernel is larger than a recording can be, or processes of
   *     the host share the machine's memory
   */
  public static KernelRecorder start(
      BootConfig config, Outfit outfit, RecordedNotes notes, OutputStream out)
      throws IOException, RecordingException {
    ChunkWriter chunks = new ChunkWriter(out);
    new SetupWriter(chunks)
        .write(
            new RunSetup(
                new RecordedGuest.Kernel(unwatched(config.guest())),
                config.lines(),
                config.course().limits().virtualNanos(),
                outfit,
                notes));
    return new KernelRecorder(config, new EventRecorder(chunks, config.listeners()), out);
  }

  /** The configuration with the recorder among its listeners: make the machine of it. */
  public BootConfig config() {
    return config;
  }

  /** Completes the recording. */
  public void finish(BootResult result) throws IOException {
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
