package dev.roundhouse.emulator.ports;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.trace.Warnings;

/**
 * The services of a debugger that code asks for by {@code hlt #0xf000} (Arm Semihosting for AArch32
 * and AArch64, 2.0). Only the end of the program is served: test kernels report by it.
 */
public final class Semihosting {
  private static final int SYS_EXIT = 0x18;
  private static final int SYS_EXIT_EXTENDED = 0x20;
  private static final long APPLICATION_EXIT = 0x20026;
  private static final int BLOCK_BYTES = 2 * Long.BYTES;
  private static final long REFUSED = -1;
  private static final int ABNORMAL = 1;
  private static final int CODE_MASK = 0xff;

  private final PhysicalMemory memory;
  private final Warnings warnings;

  /** Services for a machine with this RAM. */
  public Semihosting(PhysicalMemory memory, Warnings warnings) {
    this.memory = memory;
    this.warnings = warnings;
  }

  /** What becomes of a request. */
  public sealed interface Answer {
    /** The program ends with a code of 0 to 255. */
    record Exit(int code) implements Answer {}

    /** The program goes on with this in x0. */
    record Value(long x0) implements Answer {}
  }

  /**
   * Serves a request.
   *
   * @param operation w0
   * @param block the physical address of the parameter block
   */
  public Answer serve(int operation, long block) {
    if (operation != SYS_EXIT && operation != SYS_EXIT_EXTENDED) {
      warnings.warn("semihosting", "operation 0x%x is not served".formatted(operation));
      return new Answer.Value(REFUSED);
    }
    if (!memory.contains(block, BLOCK_BYTES) || memory.getLong(block) != APPLICATION_EXIT) {
      return new Answer.Exit(ABNORMAL);
    }
    return new Answer.Exit((int) memory.getLong(block + Long.BYTES) & CODE_MASK);
  }
}
