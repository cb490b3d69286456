package dev.roundhouse.emulator.unicorn.core;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The engine's own record of the core, read and written in place: what its interface does not show
 * (the syndrome and address of an exception that it hands over) and what it shows slowly.
 *
 * <p>Offsets are from x0 on, in the structure CPUARMState (qemu/target/arm/cpu.h, 2.1); {@link
 * SystemWindowFinder} proves each before it is used.
 */
public final class SystemWindow {
  /** Bytes of the structure in which the exception's record is looked for. */
  public static final int BYTES = 1 << 14;

  private static final int AARCH32_BYTES = 16 * 4;

  private static final int GENERAL_REGISTERS = 31;

  public static final int SP = GENERAL_REGISTERS * 8;
  public static final int PC = 32 * 8;
  public static final int PSTATE = PC + 8;
  public static final int DAIF = PSTATE + 232;
  public static final int ELR_EL0 = DAIF + 8;
  public static final int SP_EL0 = ELR_EL0 + 4 * 8;

  /** PSTATE.D, A, I and F. */
  public static final long ALL_MASKED = 0x3c0;

  /** The flags that the engine translates code by; it derives them anew now and then. */
  public static final int FLAGS = PSTATE + 8;

  /** Among them, to which level FP and SIMD trap (TBFLAG_ANY, FPEXC_EL). */
  public static final int FLOATING_POINT_SHIFT = 22;

  public static final int FLOATING_POINT_MASK = 3 << FLOATING_POINT_SHIFT;

  /** Among them, by whose tables addresses are translated (TBFLAG_ANY, MMUIDX). */
  private static final int REGIME_SHIFT = 24;

  private static final int REGIME_MASK = 0xf << REGIME_SHIFT;

  /** EL3's (ARMMMUIdx_SE3): its MMU is never on, so that addresses stand for themselves. */
  private static final int PHYSICAL_REGIME = 10 << REGIME_SHIFT;

  private static final int CLASS_SHIFT = 26;
  private static final int FLOATING_POINT_CLASS = 0x07;
  private static final int DATA_ABORT_CLASS = 0x25;

  /** ISV, SAS, SSE, SRT, SF and AR of ESR. */
  private static final int INSTRUCTION_SYNDROME = 0x7ff << 14;

  private static final int FLOATING_POINT_RES0 = (1 << 20) - 1;
  private static final int FAULT_ADDRESS = 8;
  private static final int TARGET_LEVEL = 16;
  private static final int LEVEL_SHIFT = 2;
  private static final int LEVEL_MASK = 3;
  private static final long OWN_STACK = 1;

  private final MemorySegment core;
  private final long exception;
  private final boolean canTrapFloatingPoint;

  /**
   * A window at a place that is known to be right: nothing checks it.
   *
   * @param address of x0
   * @param exception offset of the record of the last exception
   * @param canTrapFloatingPoint whether the flags that ask for that are where we know them to be
   */
  @SuppressWarnings("restricted") // the finder has checked the place
  public SystemWindow(long address, long exception, boolean canTrapFloatingPoint) {
    core = MemorySegment.ofAddress(address).reinterpret(BYTES);
    this.exception = exception;
    this.canTrapFloatingPoint = canTrapFloatingPoint;
  }

  /** The address of the structure: x0 comes behind sixteen 32-bit registers of AArch32. */
  public long address() {
    return core.address() - AARCH32_BYTES;
  }

  /** Whether {@link #askForFloatingPointTrap} can be used. */
  public boolean canTrapFloatingPoint() {
    return canTrapFloatingPoint;
  }

  /** Lets code that is found next trap FP and SIMD to a level, until flags are derived anew. */
  public void askForFloatingPointTrap(int level) {
    int flags = core.get(JAVA_INT, FLAGS) & ~FLOATING_POINT_MASK;
    core.set(JAVA_INT, FLAGS, flags | level << FLOATING_POINT_SHIFT);
  }

  /** Whether code is found that traps FP and SIMD. */
  public boolean asksForFloatingPointTrap() {
    return canTrapFloatingPoint && (core.get(JAVA_INT, FLAGS) & FLOATING_POINT_MASK) != 0;
  }

  /** By whose tables addresses are translated: the engine's number of it, of flags. */
  public static int regime(int flags) {
    return (flags & REGIME_MASK) >>> REGIME_SHIFT;
  }

  /**
   * Lets the engine's interface take addresses for physical ones while something is done; not more
   * than that, because code that runs meanwhile would, too.
   */
  public void withPhysicalAddresses(Runnable action) {
    int flags = core.get(JAVA_INT, FLAGS);
    core.set(JAVA_INT, FLAGS, (flags & ~REGIME_MASK) | PHYSICAL_REGIME);
    try {
      action.run();
    } finally {
      core.set(JAVA_INT, FLAGS, flags);
    }
  }

  public long general(int number) {
    return core.get(JAVA_LONG, (long) number * Long.BYTES);
  }

  public void setGeneral(int number, long value) {
    core.set(JAVA_LONG, (long) number * Long.BYTES, value);
  }

  /** x0 to x30. */
  public List<Long> general() {
    return LongStream.range(0, GENERAL_REGISTERS).mapToObj(n -> general((int) n)).toList();
  }

  /** Lets the core start at an address with sp and x30, all other registers zero. */
  public void start(long address, long sp, long returnAddress) {
    for (int number = 0; number < GENERAL_REGISTERS; number++) {
      setGeneral(number, 0);
    }
    setStackPointer(sp);
    setGeneral(GENERAL_REGISTERS - 1, returnAddress);
    setPc(address);
  }

  public long pc() {
    return core.get(JAVA_LONG, PC);
  }

  /** Counts only where the engine looks at pc next: inside its interrupt hook. */
  public void setPc(long value) {
    core.set(JAVA_LONG, PC, value);
  }

  public long sp() {
    return core.get(JAVA_LONG, SP);
  }

  public void setStackPointer(long value) {
    core.set(JAVA_LONG, SP, value);
  }

  /** Mode bits of PSTATE: exception level and stack pointer. */
  public long mode() {
    return Integer.toUnsignedLong(core.get(JAVA_INT, PSTATE));
  }

  /** Where the host has what {@link #mode} gives. */
  public long modeAddress() {
    return core.address() + PSTATE;
  }

  /** The exception level. */
  public int level() {
    return (int) (mode() >>> LEVEL_SHIFT) & LEVEL_MASK;
  }

  /** Whether the level uses its own stack pointer and not SP_EL0. */
  public boolean usesOwnStack() {
    return (mode() & OWN_STACK) != 0;
  }

  public long masks() {
    return core.get(JAVA_LONG, DAIF);
  }

  /**
   * Goes to an exception level with its own stack pointer and everything masked. The flags that the
   * engine derives must be refreshed afterwards.
   */
  public void enter(int level) {
    int bank = usesOwnStack() ? level() : 0;
    core.set(JAVA_LONG, SP_EL0 + (long) bank * Long.BYTES, sp());
    core.set(JAVA_INT, PSTATE, (int) ((long) level << LEVEL_SHIFT | OWN_STACK));
    core.set(JAVA_LONG, DAIF, ALL_MASKED);
    core.set(JAVA_LONG, SP, core.get(JAVA_LONG, SP_EL0 + (long) level * Long.BYTES));
  }

  /** The register of an exception level whose register of EL0 is at an offset. */
  public long bank(int offset, int level) {
    return core.get(JAVA_LONG, offset + (long) level * Long.BYTES);
  }

  public void setReturnAddress(int level, long pc) {
    core.set(JAVA_LONG, ELR_EL0 + (long) level * Long.BYTES, pc);
  }

  /** What ESR would have for the exception that the engine hands over. */
  public int syndrome() {
    int syndrome = core.get(JAVA_INT, exception);
    if (syndrome >>> CLASS_SHIFT == DATA_ABORT_CLASS) {
      // The engine describes the instruction, but that is for stage 2, which traps from below.
      return syndrome & ~INSTRUCTION_SYNDROME;
    }
    boolean isFloatingPoint = syndrome >>> CLASS_SHIFT == FLOATING_POINT_CLASS;
    // The engine adds the coprocessor's number, as AArch32 has it (qemu/target/arm/internals.h).
    return isFloatingPoint ? syndrome & ~FLOATING_POINT_RES0 : syndrome;
  }

  /** What FAR would have, if it is an abort. */
  public long faultAddress() {
    return core.get(JAVA_LONG, exception + FAULT_ADDRESS);
  }

  /** The exception level to which it goes. */
  public int targetLevel() {
    return core.get(JAVA_INT, exception + TARGET_LEVEL);
  }
}
