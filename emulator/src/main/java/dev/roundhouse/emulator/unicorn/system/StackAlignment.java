package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.unicorn.binding.Emission;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import dev.roundhouse.emulator.unicorn.binding.RequiredAlignment;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;

/**
 * Emits checks of sp's alignment while a block is translated: at the first access that has it as
 * its base, and again once the block may have made it misaligned.
 */
final class StackAlignment {
  private static final int SIXTEEN = 16;
  private static final int STACK_POINTER = 31;

  private boolean isChecked;

  /** A block is about to be translated. */
  void startBlock() {
    isChecked = false;
  }

  /** An instruction was translated, and the next one is to be. */
  void follow(int instruction) {
    isChecked &= !mayMisalign(instruction);
  }

  /**
   * Makes an access whose base is sp check it.
   *
   * @param operation the engine's
   * @param window shows pc in the block, and the exception level
   * @return the operation
   */
  int check(int instruction, Emission emission, int operation, SystemWindow window) {
    if (isChecked || isByRegister(instruction)) {
      return operation;
    }
    isChecked = true;
    long offset = offset(instruction);
    if (offset % SIXTEEN == 0) {
      return RequiredAlignment.atLeastSixteen(operation);
    }
    emission.checkBase(offset, window.pc() & -SIXTEEN, window.level());
    return operation;
  }

  private static boolean isPair(int instruction) {
    return Opcode.bits(instruction, 29, 27) == 0b101;
  }

  private static boolean isRegister(int instruction) {
    return Opcode.bits(instruction, 29, 27) == 0b111;
  }

  /** Its address is sp and a register: how far it is from sp is not known. */
  private static boolean isByRegister(int instruction) {
    return isRegister(instruction)
        && Opcode.bits(instruction, 24, 24) == 0
        && Opcode.bits(instruction, 21, 21) == 1;
  }

  /** How far behind sp an access is. */
  private static long offset(int instruction) {
    if (isPair(instruction)) {
      boolean isPostIndexed = Opcode.bits(instruction, 24, 23) == 1;
      return isPostIndexed ? 0 : pairImmediate(instruction);
    }
    if (!isRegister(instruction)) {
      return 0;
    }
    if (Opcode.bits(instruction, 24, 24) == 1) {
      return (long) Opcode.bits(instruction, 21, 10) << logarithm(instruction);
    }
    boolean isPostIndexed = Opcode.bits(instruction, 11, 10) == 1;
    return isPostIndexed ? 0 : immediate(instruction);
  }

  private static int logarithm(int instruction) {
    boolean isVector = Opcode.bits(instruction, 26, 26) == 1;
    boolean isQuadWord = isVector && Opcode.bits(instruction, 23, 23) == 1;
    return isQuadWord ? 4 : Opcode.bits(instruction, 31, 30);
  }

  private static long pairImmediate(int instruction) {
    int size = Opcode.bits(instruction, 31, 30);
    boolean isVector = Opcode.bits(instruction, 26, 26) == 1;
    int shift = isVector ? 2 + size : 2 + (size >> 1);
    return (long) (instruction << 10 >> 25) << shift;
  }

  private static long immediate(int instruction) {
    return (long) (instruction << 11) >> (Integer.SIZE - 9);
  }

  private static boolean mayMisalign(int instruction) {
    if (RequiredAlignment.isBasedOnStack(instruction)) {
      return isPair(instruction)
          ? Opcode.bits(instruction, 23, 23) == 1 && pairImmediate(instruction) % SIXTEEN != 0
          : mayMisalignAsAccess(instruction);
    }
    boolean isTarget = Opcode.bits(instruction, 4, 0) == STACK_POINTER;
    boolean isArithmetic = Opcode.bits(instruction, 28, 24) == 0b10001;
    if (isArithmetic) {
      boolean keeps =
          Opcode.bits(instruction, 9, 5) == STACK_POINTER && Opcode.bits(instruction, 13, 10) == 0;
      return isTarget && Opcode.bits(instruction, 29, 29) == 0 && !keeps;
    }
    boolean isLogical = Opcode.bits(instruction, 28, 23) == 0b100100;
    boolean isExtended = Opcode.bits(instruction, 28, 21) == 0b01011001;
    boolean isSystem = Opcode.bits(instruction, 31, 22) == 0b1101010100;
    return isSystem || (isTarget && (isLogical || isExtended));
  }

  /** Single registers written back, and structures, whose step is a register or their size. */
  private static boolean mayMisalignAsAccess(int instruction) {
    if (isRegister(instruction)) {
      boolean isWrittenBack =
          Opcode.bits(instruction, 24, 24) == 0
              && Opcode.bits(instruction, 21, 21) == 0
              && Opcode.bits(instruction, 10, 10) == 1;
      return isWrittenBack && immediate(instruction) % SIXTEEN != 0;
    }
    boolean isStructure = Opcode.bits(instruction, 29, 25) == 0b00110;
    return isStructure && Opcode.bits(instruction, 23, 23) == 1;
  }
}
