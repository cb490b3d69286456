package dev.roundhouse.emulator.unicorn.binding;

/**
 * What an A64 instruction is, as far as it needs care (Arm Architecture Reference Manual for
 * A-profile, C4.1: the top-level encodings).
 */
public final class Opcode {

  /** Bytes of an instruction. */
  public static final int BYTES = 4;

  /** Wait for interrupt. */
  public static final int WFI = 0xd503207f;

  /** Wait for event. */
  public static final int WFE = 0xd503205f;

  /** Return from an exception. */
  public static final int ERET = 0xd69f03e0;

  private static final int SEV = 0xd503209f;
  private static final int SEVL = 0xd50320bf;

  /** The number that stands for no register, or for sp. */
  public static final int NO_REGISTER = 31;

  private static final int VECTOR = 1 << 26;
  private static final int STORE_EXCLUSIVE_MASK = 0x3fc0_0000;
  private static final int STORE_EXCLUSIVE = 0x0800_0000;
  private static final int HINT_MASK = 0xffff_f01f;
  private static final int HINT = 0xd503_201f;
  private static final int SYSTEM_READ_MASK = 0xffe0_0000;
  private static final int SYSTEM_READ = 0xd520_0000;
  private static final int FLOATING_POINT_STATUS_MASK = 0xffdf_ffc0;
  private static final int FLOATING_POINT_STATUS = 0xd51b_4400;

  private Opcode() {}

  /** Send event, send event locally, and exception return. */
  public static boolean setsEventRegister(int instruction) {
    return instruction == ERET || instruction == SEV || instruction == SEVL;
  }

  /** STXR, STLXR, STXP, STLXP of any size (Loads and Stores, exclusive). */
  public static boolean isStoreExclusive(int instruction) {
    return (instruction & STORE_EXCLUSIVE_MASK) == STORE_EXCLUSIVE;
  }

  /**
   * Whether CPACR_EL1.FPEN decides about it: data processing and loads and stores of FP and SIMD
   * registers, and moves to and from FPCR and FPSR.
   */
  public static boolean isFloatingPoint(int instruction) {
    boolean isDataProcessing = bits(instruction, 27, 25) == 0b111;
    boolean isLoadOrStore = isLoadOrStore(instruction) && (instruction & VECTOR) != 0;
    boolean isStatus = (instruction & FLOATING_POINT_STATUS_MASK) == FLOATING_POINT_STATUS;
    return isDataProcessing || isLoadOrStore || isStatus;
  }

  /** Whether a block of code may end with it: branches, exceptions, and what changes the system. */
  public static boolean mayEndBlock(int instruction) {
    boolean isControl = bits(instruction, 28, 26) == 0b101;
    boolean isHint = (instruction & HINT_MASK) == HINT && instruction != WFI && instruction != WFE;
    boolean isRead = (instruction & SYSTEM_READ_MASK) == SYSTEM_READ;
    return instruction == 0 || (isControl && !isHint && !isRead);
  }

  /** Any load or store, prefetches too. */
  public static boolean isLoadOrStore(int instruction) {
    return bits(instruction, 27, 27) == 1 && bits(instruction, 25, 25) == 0;
  }

  /** Bits {@code high} to {@code low} as a number. */
  public static int bits(int instruction, int high, int low) {
    return (instruction << (31 - high)) >>> (31 - high + low);
  }
}
