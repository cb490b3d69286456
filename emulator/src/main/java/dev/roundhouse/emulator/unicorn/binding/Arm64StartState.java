package dev.roundhouse.emulator.unicorn.binding;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.kernel.abi.SavedRegisters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Brings a fresh engine to where the TrainsOS kernel starts its tasks: a Cortex-A72 at EL0 with the
 * MMU on.
 *
 * <p>The way down to EL0 is code that the engine executes: only {@code eret} makes every version
 * forget what it derived from the state before. (2.0.1 lets EL0 read the registers of EL1 when
 * PSTATE is written by its interface.)
 */
public final class Arm64StartState {
  private static final long MODEL_CORTEX_A72 = 2;

  /**
   * The room for translations. A full one is emptied, which with this size takes a millisecond; the
   * engine's own, a gibibyte, would take a second and stay resident.
   */
  private static final long TRANSLATION_BYTES = 16L << 20;

  /** SCR_EL3: not secure, EL2 is AArch64 and may call hvc. */
  private static final SystemRegister SCR_EL3 = new SystemRegister(3, 6, 1, 1, 0, 0x501);

  /** HCR_EL2.RW: EL1 is AArch64 (kernel/src/boot.S, HCR_RW, 9d49562). */
  private static final SystemRegister HCR_EL2 = new SystemRegister(3, 4, 1, 1, 0, 1L << 31);

  /** kernel/include/mmu.h, MAIR_VALUE (9d49562), in another order: 0 device nGnRnE, 1 cached. */
  private static final long MAIR_EL1 = 0xff << 8;

  /** TTBR1_EL1 not used, inner and outer shareable write-back tables, 39-bit addresses. */
  private static final long TCR_EL1 = (1 << 23) | (3 << 12) | (1 << 10) | (1 << 8) | 25;

  /** A physical address has 36 bits: TCR_EL1.IPS. */
  private static final long TCR_EL1_36_BITS = 1L << 32;

  /**
   * What kernel/src/boot.S (9d49562) writes, less the caches, of which nothing is modelled: MMU on,
   * no alignment check, EL0 may mask interrupts and wait for them.
   */
  private static final long SCTLR_EL1 =
      (3L << 28) | (3L << 22) | (1L << 20) | (1L << 18) | (1L << 16) | (1L << 11) | (1L << 9) | 1;

  /** FP and SIMD are not trapped: kernel/src/boot.S, CPACR_EL1_FPEN. */
  private static final long CPACR_EL1 = 3L << 20;

  /** EL1 with its own stack pointer, everything masked: where the way down to EL0 starts. */
  public static final long PSTATE_EL1 = 0x3c5;

  /** EL0, nothing masked. */
  private static final long SPSR_EL1 = 0;

  /** Executes at EL1, its arguments in x0 to x6. */
  private static final int[] DOWN_TO_EL0 = {
    0xd518a200, // msr mair_el1, x0
    0xd5182041, // msr tcr_el1, x1
    0xd5182002, // msr ttbr0_el1, x2
    0xd5181043, // msr cpacr_el1, x3
    0xd5184004, // msr spsr_el1, x4
    0xd5184025, // msr elr_el1, x5
    0xd5033fdf, // isb
    0xd5181006, // msr sctlr_el1, x6
    0xd5033fdf, // isb
    0xd69f03e0, // eret
  };

  /** TLBI VAE1: the engine forgets what it knows of a page of EL0 and EL1. */
  private static final SystemRegister TLBI_VAE1 = new SystemRegister(1, 0, 8, 7, 1, 0);

  private static final long VALUE = 6 * JAVA_INT.byteSize();

  private record SystemRegister(int op0, int op1, int crn, int crm, int op2, long value) {}

  private Arm64StartState() {}

  /**
   * Chooses the processor; the first thing to do with an engine. Its room for translations is made
   * small and emptied once: the engine's first look at a full one would begin at its start again
   * without dropping what is there, and end the process (qemu/tcg/tcg.c, tcg_region_init allocates
   * no first region, 2.1.1).
   *
   * @return whether the room for translations is bounded: 2.0 cannot do that
   */
  public static boolean chooseProcessor(LibUnicorn library, long engine) {
    boolean isBounded = library.setTranslationBuffer(engine, TRANSLATION_BYTES);
    library.setCpuModel(engine, MODEL_CORTEX_A72);
    if (isBounded) {
      library.flushTranslations(engine);
    }
    try (Arena arena = Arena.ofConfined()) {
      for (SystemRegister register : new SystemRegister[] {SCR_EL3, HCR_EL2}) {
        library.writeRegister(engine, Arm64Register.COPROCESSOR, laidOut(register, arena));
      }
    }
    return isBounded;
  }

  /**
   * Puts the code that leads to EL0 into the tables' first page.
   *
   * @param entry where EL0 starts
   * @return the registers with which to execute it
   */
  public static long[] prepare(TranslationTables tables, long entry) {
    MemorySegment.copy(
        MemorySegment.ofArray(DOWN_TO_EL0), 0, tables.memory(), 0, 4L * DOWN_TO_EL0.length);
    long[] registers = new long[SavedRegisters.COUNT];
    long[] arguments = {
      MAIR_EL1, TCR_EL1 | TCR_EL1_36_BITS, tables.root(), CPACR_EL1, SPSR_EL1, entry, SCTLR_EL1
    };
    System.arraycopy(arguments, 0, registers, 0, arguments.length);
    registers[SavedRegisters.PC] = TranslationTables.HOME;
    registers[SavedRegisters.PSTATE] = PSTATE_EL1;
    return registers;
  }

  /** Room for {@link #invalidate}. */
  public static MemorySegment pageInvalidation(Arena lifetime) {
    return laidOut(TLBI_VAE1, lifetime);
  }

  /** Lets the engine look at the translation tables anew for the page at an address. */
  public static void invalidate(
      LibUnicorn library, long engine, MemorySegment invalidation, long page) {
    invalidation.set(JAVA_LONG, VALUE, page >>> BlockCounter.PAGE_SHIFT);
    library.writeRegister(engine, Arm64Register.COPROCESSOR, invalidation);
  }

  /** The engine's struct uc_arm64_cp_reg: five 32-bit numbers, padding, the value. */
  private static MemorySegment laidOut(SystemRegister register, Arena arena) {
    MemorySegment memory = arena.allocate(VALUE + JAVA_LONG.byteSize(), 8);
    memory.setAtIndex(JAVA_INT, 0, register.crn);
    memory.setAtIndex(JAVA_INT, 1, register.crm);
    memory.setAtIndex(JAVA_INT, 2, register.op0);
    memory.setAtIndex(JAVA_INT, 3, register.op1);
    memory.setAtIndex(JAVA_INT, 4, register.op2);
    memory.set(JAVA_LONG, VALUE, register.value);
    return memory;
  }
}
