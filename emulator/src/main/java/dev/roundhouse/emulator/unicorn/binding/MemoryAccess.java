package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault.Access;
import java.util.Optional;

/**
 * What a load or store accesses. The engine tells which one failed, but not on which address.
 * Covers the loads and stores of Armv8.0, which a Cortex-A72 has (Arm Architecture Reference Manual
 * for A-profile, C4.1, Loads and Stores).
 *
 * @param address of the first byte
 * @param bytes how many, at least 1
 * @param elementBytes how many at a time: those of one register of a pair
 * @param direction read or write
 */
public record MemoryAccess(long address, int bytes, int elementBytes, Access direction) {
  private static final int ZERO_REGISTER = 31;
  private static final int WORD = 4;
  private static final int DOUBLE_WORD_SHIFT = 3;
  private static final int QUAD_WORD_SHIFT = 4;

  private static final int CLASS_EXCLUSIVE_OR_STRUCTURE = 1;
  private static final int CLASS_LITERAL = 3;
  private static final int CLASS_PAIR = 5;
  private static final int CLASS_REGISTER = 7;

  /**
   * The access that {@code instruction} makes.
   *
   * @param registers before it is executed, in the order of {@link SavedRegisters}
   * @return nothing when it is no load or store
   */
  public static Optional<MemoryAccess> of(int instruction, long[] registers) {
    if (bit(instruction, 25) != 0) {
      return Optional.empty();
    }
    return switch (field(instruction, 29, 27)) {
      case CLASS_EXCLUSIVE_OR_STRUCTURE ->
          Optional.of(
              bit(instruction, 26) == 0
                  ? exclusive(instruction, registers)
                  : structure(instruction, registers));
      case CLASS_LITERAL -> literal(instruction, registers);
      case CLASS_PAIR -> Optional.of(pair(instruction, registers));
      case CLASS_REGISTER -> register(instruction, registers);
      default -> Optional.empty();
    };
  }

  /** Exclusive and ordered: LDXR, STXP, LDAR and so on; the address is the base register. */
  private static MemoryAccess exclusive(int instruction, long[] registers) {
    int bytes = 1 << field(instruction, 31, 30);
    return new MemoryAccess(
        base(instruction, registers), bytes << bit(instruction, 21), bytes, loadBit(instruction));
  }

  /** LD1 to LD4 and ST1 to ST4, of whole registers or single elements. */
  private static MemoryAccess structure(int instruction, long[] registers) {
    int bytes = bit(instruction, 24) == 0 ? wholeStructure(instruction) : elements(instruction);
    return new MemoryAccess(base(instruction, registers), bytes, bytes, loadBit(instruction));
  }

  private static int wholeStructure(int instruction) {
    int registerBytes = 1 << (DOUBLE_WORD_SHIFT + bit(instruction, 30));
    int count =
        switch (field(instruction, 15, 12)) {
          case 0b0111 -> 1;
          case 0b1000, 0b1010 -> 2;
          case 0b0100, 0b0110 -> 3;
          default -> 4;
        };
    return count * registerBytes;
  }

  private static int elements(int instruction) {
    int count = 1 + (bit(instruction, 13) << 1) + bit(instruction, 21);
    int scale = field(instruction, 15, 14);
    int size = field(instruction, 11, 10);
    boolean replicates = scale == 3;
    boolean isDoubleWord = scale == 2 && (size & 1) != 0;
    int shift = replicates ? size : isDoubleWord ? DOUBLE_WORD_SHIFT : scale;
    return count << shift;
  }

  private static Optional<MemoryAccess> literal(int instruction, long[] registers) {
    int size = field(instruction, 31, 30);
    boolean isVector = bit(instruction, 26) != 0;
    if (!isVector && size == 3) {
      return Optional.empty();
    }
    int bytes = isVector || size == 1 ? WORD << size : WORD;
    long address = registers[SavedRegisters.PC] + WORD * (long) signed(instruction, 23, 5);
    return Optional.of(new MemoryAccess(address, bytes, bytes, Access.READ));
  }

  private static MemoryAccess pair(int instruction, long[] registers) {
    int size = field(instruction, 31, 30);
    boolean isVector = bit(instruction, 26) != 0;
    int bytes = isVector ? WORD << size : WORD << (size >>> 1);
    boolean isPostIndexed = field(instruction, 24, 23) == 1;
    long offset = isPostIndexed ? 0 : (long) signed(instruction, 21, 15) * bytes;
    return new MemoryAccess(
        base(instruction, registers) + offset, 2 * bytes, bytes, loadBit(instruction));
  }

  /** One register: unsigned offset, unscaled, pre- and post-indexed, unprivileged, by register. */
  private static Optional<MemoryAccess> register(int instruction, long[] registers) {
    boolean isVector = bit(instruction, 26) != 0;
    int size = field(instruction, 31, 30);
    int operation = field(instruction, 23, 22);
    boolean isPrefetch = !isVector && size == 3 && operation == 2;
    if (isPrefetch) {
      return Optional.empty();
    }
    boolean isQuadWord = isVector && operation >= 2;
    int shift = isQuadWord ? QUAD_WORD_SHIFT : size;
    boolean isLoad = isVector ? (operation & 1) != 0 : operation != 0;
    return Optional.of(
        new MemoryAccess(
            base(instruction, registers) + offset(instruction, shift, registers),
            1 << shift,
            1 << shift,
            isLoad ? Access.READ : Access.WRITE));
  }

  private static long offset(int instruction, int shift, long[] registers) {
    if (bit(instruction, 24) != 0) {
      return (long) field(instruction, 21, 10) << shift;
    }
    if (bit(instruction, 21) != 0) {
      return extended(instruction, registers) << (bit(instruction, 12) == 0 ? 0 : shift);
    }
    boolean isPostIndexed = field(instruction, 11, 10) == 1;
    return isPostIndexed ? 0 : signed(instruction, 20, 12);
  }

  private static long extended(int instruction, long[] registers) {
    int number = field(instruction, 20, 16);
    long value = number == ZERO_REGISTER ? 0 : registers[number];
    return switch (field(instruction, 15, 13)) {
      case 0b010 -> Integer.toUnsignedLong((int) value);
      case 0b110 -> (int) value;
      default -> value;
    };
  }

  private static long base(int instruction, long[] registers) {
    // Number 31 is sp here, and that is also sp's place.
    return registers[field(instruction, 9, 5)];
  }

  private static Access loadBit(int instruction) {
    return bit(instruction, 22) == 0 ? Access.WRITE : Access.READ;
  }

  private static int bit(int instruction, int number) {
    return (instruction >>> number) & 1;
  }

  private static int field(int instruction, int high, int low) {
    return (instruction << (31 - high)) >>> (31 - high + low);
  }

  private static int signed(int instruction, int high, int low) {
    return (instruction << (31 - high)) >> (31 - high + low);
  }
}
