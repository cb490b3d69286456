package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.trace.BoundedWarnings;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.ReplayGate;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.kernel.report.ViolationSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine is made of.
 *
 * @param engine the library that executes guest code
 * @param guest what runs
 * @param lines what is at the far end of each UART's line, by number; nobody where nothing is given
 * @param extras what it has beyond the board and its lines
 * @param run how the run goes
 * @param listeners who hears of it
 */
public record MachineConfig(
    Engine engine,
    Guest guest,
    Map<Integer, UartAttachment> lines,
    Extras extras,
    Run run,
    Listeners listeners) {

  /**
   * How the run goes.
   *
   * @param limits when it ends at the latest
   * @param pacing whether virtual time waits for real time
   * @param replayed the input of a recording, in place of any other
   */
  public record Run(RunLimits limits, Pacing pacing, Optional<List<ReplayGate.Stamped>> replayed) {
    /** A run that is no replay. */
    public Run(RunLimits limits, Pacing pacing) {
      this(limits, pacing, Optional.empty());
    }
  }

  /** Whether virtual time waits for real time. */
  public enum Pacing {
    /** As fast as the host can. */
    UNPACED,
    /** One virtual second is at least one real second. */
    REAL_TIME
  }

  /**
   * Who hears of the run. All are called on the machine's thread.
   *
   * @param violations of the kernel model's rules; a booted kernel violates none of ours
   */
  public record Listeners(
      TraceSink trace, ViolationSink violations, Warnings warnings, InputLog input) {
    /** Bounds the warnings, over all resets of a machine. */
    public Listeners {
      warnings = BoundedWarnings.of(warnings);
    }
  }

  /** Copies the lines. */
  public MachineConfig {
    lines = Map.copyOf(lines);
  }

  /** A machine without extras. */
  public MachineConfig(
      Engine engine,
      Guest guest,
      Map<Integer, UartAttachment> lines,
      Run run,
      Listeners listeners) {
    this(engine, guest, lines, Extras.NONE, run, listeners);
  }
}
