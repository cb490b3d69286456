package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.kernel.abi.SavedRegisters;

/** The engine's register numbers (include/unicorn/arm64.h, the same in 2.0 and 2.1). */
public final class Arm64Register {

  /** Any system register, by its encoding. */
  public static final int COPROCESSOR = 290;

  /** The first of four, for EL0 to EL3. */
  public static final int ELR_EL0 = 266;

  /** UC_ARM64_REG_SP_EL0 and what follows it. */
  public static final int SP_EL0 = 270;

  public static final int ESR_EL0 = 276;
  public static final int FAR_EL0 = 280;
  public static final int VBAR_EL0 = 286;

  /** The first of 32 halves of FP registers. */
  static final int D0 = 40;

  private static final int X0 = 199;
  private static final int LAST_OF_X0_GROUP = 28;
  private static final int X29 = 1;
  private static final int X30 = 2;
  private static final int SP = 4;

  /** The program counter. */
  public static final int PC = 260;

  /** The processor state. */
  public static final int PSTATE = 265;

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

  /** The number 0 to 30 of the general register that an engine's number means, 31 for any other. */
  public static int generalNumber(int register) {
    return switch (register) {
      case X29 -> LAST_OF_X0_GROUP + 1;
      case X30 -> SavedRegisters.LR;
      default -> register >= X0 && register <= X0 + LAST_OF_X0_GROUP ? register - X0 : 31;
    };
  }
}
