package dev.roundhouse.emulator.unicorn.binding;

/**
 * What alignment loads and stores need where it is checked (Arm Architecture Reference Manual for
 * A-profile, B2.9, "Alignment support"; C6.2 and C7.2 of each instruction). Operations are the
 * engine's: the logarithm of the bytes in two bits, that of the alignment in three bits at 4, where
 * 0 needs none and 7 the access's own size (qemu/include/exec/memop.h).
 */
public final class RequiredAlignment {
  private static final int SIZE_MASK = 3;
  private static final int SHIFT = 4;
  private static final int MASK = 7 << SHIFT;
  private static final int QUAD_WORD = 4;
  private static final int DOUBLE_WORD = 3;
  private static final int STACK_POINTER = 31;

  private static final int DC_ZVA_MASK = 0xffff_ffe0;
  private static final int DC_ZVA = 0xd50b_7420;

  private RequiredAlignment() {}

  /** Whether an instruction is DC ZVA, which clears a block of memory. */
  public static boolean isClear(int instruction) {
    return (instruction & DC_ZVA_MASK) == DC_ZVA;
  }

  /** Whether a load or store has acquire or release semantics, or is exclusive. */
  public static boolean isAlwaysChecked(int instruction) {
    return Opcode.isLoadOrStore(instruction) && Opcode.bits(instruction, 29, 24) == 0b001000;
  }

  /** The logarithm of the bytes that a store-exclusive stores, which is its alignment. */
  public static int ofStoreExclusive(int instruction) {
    return Opcode.bits(instruction, 31, 30) + Opcode.bits(instruction, 21, 21);
  }

  /** Whether a load or store has sp as its base; the literal ones have none. */
  public static boolean isBasedOnStack(int instruction) {
    return Opcode.isLoadOrStore(instruction)
        && Opcode.bits(instruction, 29, 27) != 0b011
        && Opcode.bits(instruction, 9, 5) == STACK_POINTER;
  }

  /**
   * The operation of an access with the alignment that is needed where alignment is checked.
   *
   * @param number how many accesses of the same instruction came before
   */
  public static int checked(int instruction, int number, int operation) {
    return withAtLeast(operation, logarithm(instruction, number, operation & SIZE_MASK));
  }

  private static int logarithm(int instruction, int number, int size) {
    if (isQuadWord(instruction)) {
      return number % 2 == 0 ? QUAD_WORD : DOUBLE_WORD;
    }
    return isWholeStructure(instruction) ? Opcode.bits(instruction, 11, 10) : size;
  }

  /** Loads and stores of registers of 128 bits, which the engine does in halves. */
  private static boolean isQuadWord(int instruction) {
    if (Opcode.bits(instruction, 26, 26) == 0) {
      return false;
    }
    return switch (Opcode.bits(instruction, 29, 27)) {
      case 0b011, 0b101 -> Opcode.bits(instruction, 31, 30) == 2;
      case 0b111 -> Opcode.bits(instruction, 23, 23) == 1;
      default -> false;
    };
  }

  /**
   * Whether an access at an address may be some elements, each aligned, of a structure of small
   * ones: the engine may do several at once.
   */
  public static boolean mayBeElements(int instruction, long address) {
    return isWholeStructure(instruction)
        && (address & ((1 << Opcode.bits(instruction, 11, 10)) - 1)) == 0;
  }

  private static boolean isWholeStructure(int instruction) {
    return Opcode.isLoadOrStore(instruction) && Opcode.bits(instruction, 29, 24) == 0b001100;
  }

  /** The operation with at least an alignment of 16 bytes. */
  public static int atLeastSixteen(int operation) {
    return withAtLeast(operation, QUAD_WORD);
  }

  private static int withAtLeast(int operation, int logarithm) {
    int present = (operation & MASK) >>> SHIFT;
    int needed = present == MASK >>> SHIFT ? operation & SIZE_MASK : present;
    return (operation & ~MASK) | (Math.max(needed, logarithm) << SHIFT);
  }
}
