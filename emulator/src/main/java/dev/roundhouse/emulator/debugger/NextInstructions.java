package dev.roundhouse.emulator.debugger;

import dev.roundhouse.kernel.abi.SavedRegisters;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where code may be after one instruction, if no exception is taken: for a step that is exact
 * whatever comes in between (Arm Architecture Reference Manual for A-profile, C4.1.93: branches).
 */
final class NextInstructions {
  /** Return from an exception: where it goes only the core knows. */
  static final int ERET = 0xd69f_03e0;

  private static final int BYTES = 4;
  private static final int NO_REGISTER = 31;

  private NextInstructions() {}

  /**
   * The addresses.
   *
   * @param instruction at the pc of the registers
   * @param registers in the order of {@link SavedRegisters}
   */
  static Set<Long> of(int instruction, long[] registers) {
    long pc = registers[SavedRegisters.PC];
    Set<Long> next = new TreeSet<>();
    if ((instruction & 0x7c00_0000) == 0x1400_0000) {
      next.add(pc + offset(instruction, 0, 26));
    } else if ((instruction & 0xfe00_0000) == 0xd600_0000) {
      int number = (instruction >>> 5) & NO_REGISTER;
      next.add(number == NO_REGISTER ? 0 : registers[number]);
    } else {
      next.add(pc + BYTES);
      boolean isConditional = (instruction & 0xff00_0000) == 0x5400_0000;
      boolean isCompare = (instruction & 0x7e00_0000) == 0x3400_0000;
      boolean isTest = (instruction & 0x7e00_0000) == 0x3600_0000;
      if (isConditional || isCompare) {
        next.add(pc + offset(instruction, 5, 19));
      } else if (isTest) {
        next.add(pc + offset(instruction, 5, 14));
      }
    }
    return next;
  }

  /** A signed field of so many bits, in instructions, as bytes. */
  private static long offset(int instruction, int low, int bits) {
    int unused = Integer.SIZE - bits;
    return (long) (instruction << (unused - low) >> unused) * BYTES;
  }
}
