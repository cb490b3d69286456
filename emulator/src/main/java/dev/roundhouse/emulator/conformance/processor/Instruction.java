package dev.roundhouse.emulator.conformance.processor;

import org.jspecify.annotations.Nullable;

/**
 * The A64 instructions that scripts are compiled to (Arm Architecture Reference Manual for
 * A-profile, C6.2). A register's number has five bits: the target's at bit 0, the first source's at
 * bit {@link #FIRST}, the second's at bit {@link #SECOND}.
 */
public enum Instruction {
  /** {@code adr Xd, #n}, n a multiple of 4, n / 4 at bit 5. */
  ADR(0xFF00_0000, 0x1000_0000),
  /** {@code mov Xd, Xm}. */
  MOVE(0xFFE0_FFE0, 0xAA00_03E0),
  /** {@code movz Xd, #n, lsl #(16 * half)}: n at bit 5, half at bit 21. */
  MOVE_ZEROING(0xFF80_0000, 0xD280_0000),
  /** {@code movk Xd, #n, lsl #(16 * half)}. */
  MOVE_KEEPING(0xFF80_0000, 0xF280_0000),
  /** {@code add Xd, Xn, Xm}. */
  ADD(0xFFE0_FC00, 0x8B00_0000),
  /** {@code add Wd, Wn, Wm}. */
  ADD_WORD(0xFFE0_FC00, 0x0B00_0000),
  /** {@code add Xd, Xn, #n}: n at bit 10. */
  ADD_NUMBER(0xFFC0_0000, 0x9100_0000),
  /** {@code subs Xd, Xn, #n}. */
  SUBTRACT_NUMBER(0xFFC0_0000, 0xF100_0000),
  /** {@code cmp Xn, Xm}. */
  COMPARE(0xFFE0_FC1F, 0xEB00_001F),
  /** {@code csel Xd, Xn, Xm, lo}. */
  SELECT_LOWER(0xFFE0_FC00, 0x9A80_3000),
  /** {@code str Xt, [Xn, Xm]}. */
  STORE_AT(0xFFE0_FC00, 0xF820_6800),
  /** {@code str Xt, [Xn, #(8 * n)]}. */
  STORE(0xFFC0_0000, 0xF900_0000),
  /** {@code str Wt, [Xn, #(4 * n)]}. */
  STORE_WORD(0xFFC0_0000, 0xB900_0000),
  /** {@code ldr Wt, [Xn, #(4 * n)]}. */
  LOAD_WORD(0xFFC0_0000, 0xB940_0000),
  /** {@code ldrsw Xt, [Xn, Xm]}. */
  LOAD_SIGNED_WORD_AT(0xFFE0_FC00, 0xB8A0_6800),
  /** {@code ldrb Wt, [Xn], #1}. */
  LOAD_NEXT_BYTE(0xFFFF_FC00, 0x3840_1400),
  /** {@code strb Wt, [Xn], #1}. */
  STORE_NEXT_BYTE(0xFFFF_FC00, 0x3800_1400),
  /** {@code nop}. */
  NO_OPERATION(0xFFFF_FFFF, 0xD503_201F),
  /** {@code b}: the distance in instructions at bit 0. */
  BRANCH(0xFC00_0000, 0x1400_0000),
  /** {@code bl}. */
  BRANCH_WITH_LINK(0xFC00_0000, 0x9400_0000),
  /** {@code b.ne}: the distance in instructions at bit 5. */
  BRANCH_IF_NOT_EQUAL(0xFF00_001F, 0x5400_0001),
  /** {@code cbz Xt}. */
  BRANCH_IF_ZERO(0xFF00_0000, 0xB400_0000),
  /** {@code ret Xn}. */
  RETURN(0xFFFF_FC1F, 0xD65F_0000),
  /** {@code svc #n}: n at bit 5. */
  SUPERVISOR_CALL(0xFFE0_001F, 0xD400_0001);

  /** Bytes of an instruction. */
  public static final int BYTES = Integer.BYTES;

  /** Where the first source register is. */
  public static final int FIRST = 5;

  /** Where an immediate of 12 bits is. */
  public static final int NUMBER = 10;

  /** Where the second source register is. */
  public static final int SECOND = 16;

  /** Where a move says which 16 bits of the register it is about. */
  public static final int HALF = 21;

  /** No two of them are alike in the ten upper bits. */
  private static final int KEY_SHIFT = 22;

  private static final int KEYS = 1 << 10;
  private static final @Nullable Instruction[] BY_KEY = byKey();

  private final int mask;
  private final int code;

  Instruction(int mask, int code) {
    this.mask = mask;
    this.code = code;
  }

  private static @Nullable Instruction[] byKey() {
    @Nullable Instruction[] table = new Instruction[KEYS];
    for (int key = 0; key < KEYS; key++) {
      for (Instruction instruction : values()) {
        int upperMask = instruction.mask >>> KEY_SHIFT;
        if ((key & upperMask) == instruction.code >>> KEY_SHIFT) {
          table[key] = instruction;
        }
      }
    }
    return table;
  }

  /** What a word of code is; null for an instruction that scripts do not have. */
  static @Nullable Instruction of(int word) {
    Instruction instruction = BY_KEY[word >>> KEY_SHIFT];
    return instruction != null && (word & instruction.mask) == instruction.code
        ? instruction
        : null;
  }

  /** The instruction, with 0 for each register and number. */
  public int code() {
    return code;
  }

  /** Whether a block of code ends behind it. */
  boolean endsBlock() {
    return compareTo(BRANCH) >= 0;
  }
}
