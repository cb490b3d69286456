package dev.roundhouse.emulator.unicorn;

import dev.roundhouse.kernel.abi.SavedRegisters;

/** The engine's register numbers (include/unicorn/arm64.h, the same in 2.0 and 2.1). */
final class Arm64Register {
  static final int COPROCESSOR = 290;

  private static final int X0 = 199;
  private static final int LAST_OF_X0_GROUP = 28;
  private static final int X29 = 1;
  private static final int X30 = 2;
  private static final int SP = 4;
  private static final int PC = 260;
  private static final int PSTATE = 265;

  private Arm64Register() {}

  /** The engine's number of the register at a place in {@link SavedRegisters}. */
  static int at(int place) {
    return switch (place) {
      case LAST_OF_X0_GROUP + 1 -> X29;
      case SavedRegisters.LR -> X30;
      case SavedRegisters.SP -> SP;
      case SavedRegisters.PC -> PC;
      case SavedRegisters.PSTATE -> PSTATE;
      default -> X0 + place;
    };
  }
}
