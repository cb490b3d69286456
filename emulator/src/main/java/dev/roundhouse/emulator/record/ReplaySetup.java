package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.emulator.input.Handshake;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.run.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a replay's machine is made of.
 *
 * @param wallNanos the real time that it may take
 */
record ReplaySetup(Recording recording, long wallNanos) {
  /**
   * How far a replay may go on beyond the last check point of a recording that was cut: enough for
   * whatever happens at that very time, and an end for one that goes astray without any event.
   */
  private static final long BEYOND_CUT_NANOS = 100_000_000;

  MachineConfig.Run run() {
    return new MachineConfig.Run(
        new RunLimits(virtualLimitNanos(), wallNanos),
        MachineConfig.Pacing.UNPACED,
        Optional.of(recording.log().entered()));
  }

  Map<Integer, UartAttachment> lines(OutputPort console) {
    Map<Integer, UartAttachment> lines = new TreeMap<>();
    for (int uart : Cables.ALL) {
      InputSource input =
          switch (recording.setup().line(uart)) {
            case NOTHING -> new InputSource.Nothing();
            case WAITING -> new InputSource.Waiting(recording.log().pulled(uart).source());
            case LIVE -> new InputSource.Live((_, _) -> {});
            case LIVE_BY_BYTE -> new InputSource.Live((_, _) -> {}, Handshake.BY_BYTE);
            case TRAINS -> new InputSource.SimulatedTrains(recording.setup().trains(uart));
          };
      boolean isConsole = uart == recording.notes().console();
      lines.put(uart, new UartAttachment(input, isConsole ? console : OutputPort.none()));
    }
    return lines;
  }

  /**
   * A run that went over its limit of real time is ended at the same virtual time. Any other that
   * runs on beyond its recorded end differs, and is ended by the next instant.
   */
  private long virtualLimitNanos() {
    if (recording.ending().isEmpty()) {
      return later(recording.until().nanos(), BEYOND_CUT_NANOS);
    }
    RecordedEnd end = recording.ending().get().how();
    if (end.wasVirtualTimeout()) {
      return recording.setup().virtualLimitNanos();
    }
    return end.wasWallTimeout() ? end.nanos() : later(end.nanos(), 1);
  }

  private static long later(long nanos, long by) {
    return nanos > Long.MAX_VALUE - by ? Long.MAX_VALUE : nanos + by;
  }

  /** A replay's result in the recording's terms: which limit it was, that alone knows. */
  RunResult inTermsOfTheRecording(RunResult result) {
    boolean wasWallTimeout = recording.ending().filter(it -> it.how().wasWallTimeout()).isPresent();
    return wasWallTimeout && result.end() instanceof RunEnd.VirtualTimeout
        ? new RunResult(
            new RunEnd.WallTimeout(), result.at(), result.instructions(), result.kernelEntries())
        : result;
  }

  /** Shows what the console printed before a replay was halted. */
  static void flush(OutputPort console) {
    try {
      console.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the console: " + e.getMessage(), e);
    }
  }
}
