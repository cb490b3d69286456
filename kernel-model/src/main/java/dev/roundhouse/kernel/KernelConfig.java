package dev.roundhouse.kernel;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.board.DrivenDevices;
import dev.roundhouse.kernel.board.KernelTime;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.Strictness;
import dev.roundhouse.kernel.report.ViolationSink;
import java.util.List;

/**
 * What a kernel is made of.
 *
 * @param profile which kernel it is
 * @param hardware what it runs on
 * @param programs the programs that tasks can be made of
 * @param entryArguments what the entry program gets behind its PROGRAM key
 * @param reports who is told what happens
 */
public record KernelConfig(
    AbiProfile profile,
    Hardware hardware,
    ProgramCatalog programs,
    List<Argument> entryArguments,
    Reports reports) {
  /**
   * What a kernel runs on.
   *
   * @param memory RAM, at least the profile's page pool and the page of its exit stub
   * @param devices what the kernel drives itself
   * @param clock the machine's clock, which the kernel only reads
   * @param time how the kernel's own work takes time
   */
  public record Hardware(
      PhysicalMemory memory, DrivenDevices devices, VirtualClock clock, KernelTime time) {}

  /**
   * Who is told what happens.
   *
   * @param trace what the kernel does
   * @param violations what programs do wrong
   * @param strictness whether a violation ends the run
   */
  public record Reports(TraceSink trace, ViolationSink violations, Strictness strictness) {}

  /** A key and a value of an argument block; neither has a NUL character. */
  public record Argument(String key, String value) {
    /** Checks both. */
    public Argument {
      if (key.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("an argument cannot contain a NUL character: " + key);
      }
    }
  }

  /** Copies the arguments. */
  public KernelConfig {
    entryArguments = List.copyOf(entryArguments);
  }
}
