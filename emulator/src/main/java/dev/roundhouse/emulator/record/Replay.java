package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.input.Handshake;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.machine.RunEnd;
import dev.roundhouse.emulator.machine.RunLimits;
import dev.roundhouse.emulator.machine.RunResult;
import dev.roundhouse.kernel.report.ViolationSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs a recording again and compares each step of it. */
public final class Replay {
  /**
   * How far a replay may go on beyond the last check point of a recording that was cut: enough for
   * whatever happens at that very time, and an end for one that goes astray without any event.
   */
  private static final long BEYOND_CUT_NANOS = 100_000_000;

  /**
   * Who sees and hears the run.
   *
   * @param console where the console's output goes
   * @param trace what happens
   * @param violations what programs do wrong
   * @param warnings of the devices
   */
  public record Audience(
      OutputPort console, TraceSink trace, ViolationSink violations, Warnings warnings) {}

  /** Looks at the machine. Called on its thread. */
  public interface Witness {
    /** It is about to run. */
    void starts(Machine machine);

    /** It has ended by itself; it is not closed yet. */
    void ended(Machine machine, RunResult result);
  }

  private final Recording recording;

  /** A replay of a recording; it can be run any number of times. */
  public Replay(Recording recording) {
    this.recording = recording;
  }

  /**
   * Runs it on an engine until its end or the first difference.
   *
   * @throws UncheckedIOException when the console's output cannot be written
   */
  public ReplayOutcome run(Engine engine, Audience audience, Witness witness) {
    ReplayCheck check = new ReplayCheck(recording, audience.trace());
    try (Machine machine = new Machine(config(engine, audience, check))) {
      witness.starts(machine);
      RunResult result = inTermsOfTheRecording(machine.run());
      witness.ended(machine, result);
      return check
          .compareEnd(RecordedEnd.of(result))
          .<ReplayOutcome>map(ReplayOutcome.Different::new)
          .orElseGet(() -> new ReplayOutcome.Identical(result, check.events()));
    } catch (ReplayCheck.Halt halt) {
      flush(audience.console());
      return check.outcome().orElseThrow(() -> halt);
    }
  }

  private static void flush(OutputPort console) {
    try {
      console.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the console: " + e.getMessage(), e);
    }
  }

  private MachineConfig config(Engine engine, Audience audience, ReplayCheck check) {
    var limits = new RunLimits(virtualLimitNanos(), Long.MAX_VALUE);
    return new MachineConfig(
        engine,
        recording.setup().guest(),
        lines(audience.console()),
        new MachineConfig.Course(
            limits, MachineConfig.Pacing.UNPACED, Optional.of(recording.log().entered())),
        new MachineConfig.Listeners(check, audience.violations(), audience.warnings(), check));
  }

  private Map<Integer, UartAttachment> lines(OutputPort console) {
    Map<Integer, UartAttachment> lines = new TreeMap<>();
    for (int uart : Bcm2711.UARTS) {
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
    return switch (end.kind()) {
      case VIRTUAL_TIMEOUT -> recording.setup().virtualLimitNanos();
      case WALL_TIMEOUT -> end.nanos();
      default -> later(end.nanos(), 1);
    };
  }

  private static long later(long nanos, long by) {
    return nanos > Long.MAX_VALUE - by ? Long.MAX_VALUE : nanos + by;
  }

  private RunResult inTermsOfTheRecording(RunResult result) {
    boolean wasWallTimeout =
        recording.ending().filter(end -> end.how().kind() == EndKind.WALL_TIMEOUT).isPresent();
    return wasWallTimeout && result.end() instanceof RunEnd.VirtualTimeout
        ? new RunResult(
            new RunEnd.WallTimeout(), result.at(), result.instructions(), result.supervisorCalls())
        : result;
  }
}
