package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.trace.BoundedWarnings;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.ReplayGate;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.Strictness;
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
 * @param course how the run goes
 * @param listeners who hears of it
 */
public record MachineConfig(
    Engine engine,
    Guest guest,
    Map<Integer, UartAttachment> lines,
    Course course,
    Listeners listeners) {

  /**
   * What runs.
   *
   * @param profile which kernel it runs on
   * @param programs what tasks can be made of
   * @param entryArguments keys and values for the entry program, in order
   * @param strictness whether a contract violation ends the run
   */
  public record Guest(
      AbiProfile profile,
      ProgramCatalog programs,
      List<KernelConfig.Argument> entryArguments,
      Strictness strictness) {
    /** Copies the list. */
    public Guest {
      entryArguments = List.copyOf(entryArguments);
    }
  }

  /**
   * How the run goes.
   *
   * @param limits when it ends at the latest
   * @param pacing whether virtual time waits for real time
   * @param replayed the input of a recording, in place of any other
   */
  public record Course(
      RunLimits limits, Pacing pacing, Optional<List<ReplayGate.Stamped>> replayed) {}

  /** Whether virtual time waits for real time. */
  public enum Pacing {
    /** As fast as the host can. */
    UNPACED,
    /** One virtual second is at least one real second. */
    REAL_TIME
  }

  /** Who hears of the run. All are called on the machine's thread. */
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
}
