package dev.roundhouse.hostile;

import java.util.SplittableRandom;

/**
 * Instruction words of chosen classes (Arm ARM DDI 0487, C4.1): most words that are drawn blindly
 * are plain arithmetic or undefined.
 */
final class Instructions {
  private Instructions() {}

  /**
   * A word in place of another.
   *
   * @param old what was there
   * @param other what is elsewhere in the program
   */
  static int any(int old, int other, SplittableRandom chance) {
    int bits = chance.nextInt();
    return switch (chance.nextInt(12)) {
      case 0, 1 -> old ^ 1 << chance.nextInt(Integer.SIZE);
      case 2 -> other;
      // Other registers, with the operation that was there.
      case 3 -> (old & ~0x3FF) | (bits & 0x3FF);
      // System registers, hints, barriers, SYS.
      case 4 -> 0xD500_0000 | (bits & 0x003F_FFFF);
      // SVC, HVC, SMC, BRK, HLT.
      case 5 -> 0xD400_0000 | (bits & 0x00FF_FFFF);
      // BR, BLR, RET, ERET.
      case 6 -> 0xD600_0000 | (bits & 0x01FF_FFFF);
      // Loads and stores, exclusives among them.
      case 7 -> (bits & 0xF5FF_FFFF) | 0x0800_0000;
      // SIMD and floating point.
      case 8 -> bits | 0x0E00_0000;
      case 9 -> 0xD503_201F | (bits & 0xE0);
      // Branches.
      case 10 -> 0x1400_0000 | (bits & 0x43FF_FFFF);
      default -> bits;
    };
  }
}
