package dev.roundhouse.emulator.ports;

/**
 * Tells instructions that change nothing but general registers, flags and pc, and depend on nothing
 * but these and memory, from all others (Arm Architecture Reference Manual for A-profile, C4.1).
 * Unknown ones count as others.
 */
final class RegisterOnlyCode {
  private RegisterOnlyCode() {}

  /** A group of encodings: those that have these bits at these places. */
  private record Group(int mask, int bits) {
    boolean has(int word) {
      return (word & mask) == bits;
    }
  }

  private static final Group IMMEDIATE = new Group(0x1c00_0000, 0x1000_0000);
  private static final Group REGISTER = new Group(0x0e00_0000, 0x0a00_0000);
  private static final Group BRANCH = new Group(0x7c00_0000, 0x1400_0000);
  private static final Group CONDITIONAL_BRANCH = new Group(0xff00_0010, 0x5400_0000);
  private static final Group COMPARE_OR_TEST_AND_BRANCH = new Group(0x7c00_0000, 0x3400_0000);

  /** BR, BLR and RET without pointer authentication; of the fourth opcode below. */
  private static final Group BRANCH_TO_REGISTER = new Group(0xff9f_fc1f, 0xd61f_0000);

  private static final Group FOURTH_OPCODE = new Group(0x0060_0000, 0x0060_0000);

  /** NOP and YIELD. */
  private static final Group HINT = new Group(0xffff_ffdf, 0xd503_201f);

  /** DSB and DMB, and by the next one ISB. */
  private static final Group DATA_BARRIER = new Group(0xffff_f0df, 0xd503_309f);

  private static final Group INSTRUCTION_BARRIER = new Group(0xffff_f0ff, 0xd503_30df);
  private static final Group LITERAL = new Group(0x3f00_0000, 0x1800_0000);
  private static final Group LOAD_PAIR = new Group(0x3e40_0000, 0x2840_0000);
  private static final Group UNSIGNED_OFFSET = new Group(0x3f00_0000, 0x3900_0000);
  private static final Group NARROW_OFFSET = new Group(0x3f20_0000, 0x3800_0000);
  private static final Group REGISTER_OFFSET = new Group(0x3f20_0c00, 0x3820_0800);
  private static final Group STORE = new Group(0x00c0_0000, 0);

  /** Whether the instruction is one of these. */
  static boolean isPure(int word) {
    return IMMEDIATE.has(word)
        || REGISTER.has(word)
        || isBranch(word)
        || isLoad(word)
        || HINT.has(word)
        || DATA_BARRIER.has(word)
        || INSTRUCTION_BARRIER.has(word);
  }

  private static boolean isBranch(int word) {
    return BRANCH.has(word)
        || CONDITIONAL_BRANCH.has(word)
        || COMPARE_OR_TEST_AND_BRANCH.has(word)
        || (BRANCH_TO_REGISTER.has(word) && !FOURTH_OPCODE.has(word));
  }

  private static boolean isLoad(int word) {
    boolean hasOffset =
        UNSIGNED_OFFSET.has(word) || NARROW_OFFSET.has(word) || REGISTER_OFFSET.has(word);
    return LITERAL.has(word) || LOAD_PAIR.has(word) || (hasOffset && !STORE.has(word));
  }
}
