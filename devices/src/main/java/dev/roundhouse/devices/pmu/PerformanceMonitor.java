package dev.roundhouse.devices.pmu;

import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.time.Alarm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A Cortex-A72's performance monitors: a cycle counter and six event counters (Arm Architecture
 * Reference Manual for A-profile, D11; Cortex-A72 TRM, 11). A cycle is two thirds of a nanosecond
 * of virtual time, also while the core waits. SW_INCR, INST_RETIRED, CPU_CYCLES and CHAIN are
 * counted; the other events that PMCEID0_EL0 names never happen.
 */
public final class PerformanceMonitor {
  /** GIC id of core 0's interrupt, SPI 16 (bcm2711.dtsi, arm-pmu; BCM2711 ARM Peripherals, 6.2). */
  public static final int INTERRUPT = 48;

  private static final int COUNTERS = 6;

  /** The cycle counter's bit in masks, and its number in PMSELR_EL0. */
  private static final int CYCLES = 31;

  private static final long ALL = 1L << CYCLES | (1 << COUNTERS) - 1;

  /** PMCR_EL0: Arm, Cortex-A72, six counters. */
  private static final long IDENTIFICATION = 0x4102_3000L;

  private static final long ENABLE = 1;
  private static final long RESET_EVENTS = 1 << 1;
  private static final long RESET_CYCLES = 1 << 2;
  private static final long DIVIDE = 1 << 3;
  private static final long LONG_CYCLES = 1 << 6;

  /** What PMCR_EL0 keeps: E, D, X, DP and LC. */
  private static final long KEPT = 0x79;

  /** PMCEID0_EL0 of a Cortex-A72; PMCEID1_EL0 is 0. */
  private static final long EVENTS = 0x7fff_0f3fL;

  private static final int DIVISOR_SHIFT = 6;
  private static final int CYCLES_OF_TWO_NANOS = 3;
  private static final int HALF = 32;

  /** How often to look for an overflow of instructions while none is executed. */
  private static final long IDLE_NANOS = 100_000;

  private final IrqLine line;
  private final BoardServices board;
  private final Alarm alarm;
  private final PmuAccess access = new PmuAccess();
  private final List<EventCounter> counters = new ArrayList<>();
  private LongSupplier instructions = () -> 0;
  private long control;
  private long enabled;
  private long overflows;
  private long interrupting;
  private int selected;
  private long cycles;
  private long cycleFilter;
  private long seenCycles;
  private long seenInstructions;

  /** Whether no instruction was executed before the last alarm. */
  private boolean isIdle;

  /** Monitors whose interrupt is {@code line}. */
  public PerformanceMonitor(BoardServices board, IrqLine line) {
    this.board = board;
    this.line = line;
    alarm = board.agenda().alarm("performance monitors", at -> onAlarm());
    for (int n = 0; n < COUNTERS; n++) {
      counters.add(new EventCounter());
    }
  }

  /** Says how many instructions the core has executed when an alarm falls due. */
  public void follow(LongSupplier executed) {
    instructions = executed;
  }

  /**
   * Whether it has a register.
   *
   * @param key op1, CRn, CRm and op2 of its encoding as in MRS, from bit 11 down; op0 is 3
   */
  public boolean has(int key) {
    if (PmuRegister.isCounter(key)) {
      return PmuRegister.number(key) < COUNTERS;
    }
    if (PmuRegister.isType(key)) {
      return PmuRegister.number(key) < COUNTERS || PmuRegister.number(key) == CYCLES;
    }
    return PmuAccess.isOther(key);
  }

  /** Whether an exception level may read or write a register that it has. */
  public boolean isOpen(int key, int level, Direction direction) {
    return access.isOpen(key, level, direction);
  }

  /** Which way an access goes. */
  public enum Direction {
    READ,
    WRITE
  }

  /** Whether the core keeps a register itself, and writes to it are only to be told. */
  public static boolean isOnlyTold(int key) {
    return key == PmuRegister.PMUSERENR_EL0 || key == PmuRegister.MDCR_EL2;
  }

  /** What a register that it has holds. */
  public long read(int key, Moment now) {
    count(now);
    if (PmuRegister.isCounter(key)) {
      return counters.get(PmuRegister.number(key)).value();
    }
    if (PmuRegister.isType(key)) {
      return type(PmuRegister.number(key));
    }
    return switch (key) {
      case PmuRegister.PMCR_EL0 -> IDENTIFICATION | control;
      case PmuRegister.PMCNTENSET_EL0, PmuRegister.PMCNTENCLR_EL0 -> enabled;
      case PmuRegister.PMOVSSET_EL0, PmuRegister.PMOVSCLR_EL0 -> overflows;
      case PmuRegister.PMINTENSET_EL1, PmuRegister.PMINTENCLR_EL1 -> interrupting;
      case PmuRegister.PMSELR_EL0 -> selected;
      case PmuRegister.PMCEID0_EL0 -> EVENTS;
      case PmuRegister.PMCCNTR_EL0 -> cycles;
      case PmuRegister.PMXEVTYPER_EL0 -> type(selected);
      case PmuRegister.PMXEVCNTR_EL0 -> selected < COUNTERS ? counters.get(selected).value() : 0;
      default -> 0;
    };
  }

  private long type(int number) {
    if (number == CYCLES) {
      return cycleFilter;
    }
    return number < COUNTERS ? counters.get(number).type() : 0;
  }

  /** Writes a register that it has. */
  public void write(int key, long value, Moment now) {
    count(now);
    isIdle = false;
    if (PmuRegister.isCounter(key)) {
      counters.get(PmuRegister.number(key)).set(value);
    } else if (PmuRegister.isType(key)) {
      setType(PmuRegister.number(key), value);
    } else {
      writeOther(key, value);
    }
    update();
  }

  private void writeOther(int key, long value) {
    switch (key) {
      case PmuRegister.PMCR_EL0 -> setControl(value);
      case PmuRegister.PMCNTENSET_EL0 -> enabled |= value & ALL;
      case PmuRegister.PMCNTENCLR_EL0 -> enabled &= ~value;
      case PmuRegister.PMOVSSET_EL0 -> overflows |= value & ALL;
      case PmuRegister.PMOVSCLR_EL0 -> overflows &= ~value;
      case PmuRegister.PMINTENSET_EL1 -> interrupting |= value & ALL;
      case PmuRegister.PMINTENCLR_EL1 -> interrupting &= ~value;
      case PmuRegister.PMSWINC_EL0 -> increment(value);
      case PmuRegister.PMSELR_EL0 -> selected = PmuRegister.number((int) value);
      case PmuRegister.PMCCNTR_EL0 -> cycles = value;
      case PmuRegister.PMXEVTYPER_EL0 -> setType(selected, value);
      case PmuRegister.PMXEVCNTR_EL0 -> setCounter(selected, value);
      case PmuRegister.PMUSERENR_EL0 -> access.setUser(value);
      case PmuRegister.MDCR_EL2 -> access.setHypervisor(value);
      default -> {}
    }
  }

  private void setControl(long value) {
    control = value & KEPT;
    if ((value & RESET_EVENTS) != 0) {
      counters.forEach(counter -> counter.set(0));
    }
    if ((value & RESET_CYCLES) != 0) {
      cycles = 0;
    }
  }

  private void setType(int number, long value) {
    if (number == CYCLES) {
      cycleFilter = value & LevelFilter.MASK;
    } else if (number < COUNTERS) {
      counters.get(number).setType(value);
    }
  }

  private void setCounter(int number, long value) {
    if (number < COUNTERS) {
      counters.get(number).set(value);
    }
  }

  private void increment(long which) {
    long carries = 0;
    for (int n = 0; n < COUNTERS; n++) {
      EventCounter counter = counters.get(n);
      long before = carries;
      carries = 0;
      if (isCounting(n)) {
        carries = (which >>> n & 1) != 0 ? counter.countSoftware() : 0;
        carries += counter.count(new EventCounter.Events(0, 0, (n & 1) == 1 ? before : 0));
        note(n, carries);
      }
    }
  }

  private boolean isCounting(int number) {
    return (control & ENABLE) != 0 && (enabled >>> number & 1) != 0;
  }

  private void note(int number, long carries) {
    if (carries != 0) {
      overflows |= 1L << number;
    }
  }

  /** Counts what has happened up to a moment; one that lies before the last changes nothing. */
  private void count(Moment now) {
    long cyclesNow = Math.max(cyclesAt(now.nanos()), seenCycles);
    long instructionsNow = Math.max(now.instructions(), seenInstructions);
    countCycles(cyclesNow);
    long carries = 0;
    for (int n = 0; n < COUNTERS; n++) {
      var events =
          new EventCounter.Events(
              cyclesNow - seenCycles,
              instructionsNow - seenInstructions,
              (n & 1) == 1 ? carries : 0);
      carries = isCounting(n) ? counters.get(n).count(events) : 0;
      note(n, carries);
    }
    seenCycles = cyclesNow;
    seenInstructions = instructionsNow;
  }

  private void countCycles(long now) {
    if (isCounting(CYCLES) && LevelFilter.countsAnywhere(cycleFilter)) {
      int shift = divisorShift();
      long sum = cycles + ((now >>> shift) - (seenCycles >>> shift));
      boolean isLong = (control & LONG_CYCLES) != 0;
      note(CYCLES, isLong ? cycles & ~sum & Long.MIN_VALUE : (sum >>> HALF) - (cycles >>> HALF));
      cycles = sum;
    }
  }

  private int divisorShift() {
    return (control & DIVIDE) != 0 ? DIVISOR_SHIFT : 0;
  }

  private static long cyclesAt(long nanos) {
    return nanos / 2 * CYCLES_OF_TWO_NANOS + (nanos & 1) * CYCLES_OF_TWO_NANOS / 2;
  }

  private static long nanosAt(long cycles) {
    return cycles / CYCLES_OF_TWO_NANOS * 2
        + (cycles % CYCLES_OF_TWO_NANOS * 2 + CYCLES_OF_TWO_NANOS - 1) / CYCLES_OF_TWO_NANOS;
  }

  private void onAlarm() {
    long before = seenInstructions;
    count(new Moment(board.clock().nanos(), instructions.getAsLong()));
    isIdle = seenInstructions == before;
    update();
  }

  private void update() {
    boolean isDue = (control & ENABLE) != 0 && (overflows & interrupting) != 0;
    line.set(isDue ? Level.HIGH : Level.LOW);
    long next = isDue ? Long.MAX_VALUE : Math.min(nextCycleNanos(), nextInstructionNanos());
    if (next == Long.MAX_VALUE) {
      alarm.cancel();
    } else {
      alarm.setAt(Math.max(next, board.clock().nanos() + 1));
    }
  }

  /** Whether an interrupt comes with time alone. */
  public boolean mayInterrupt() {
    return ((control & ENABLE) != 0 && (overflows & interrupting) != 0)
        || nextCycleNanos() != Long.MAX_VALUE;
  }

  private long nextCycleNanos() {
    long left = Long.MAX_VALUE;
    for (int n = 0; n < COUNTERS; n++) {
      if (mayInterrupt(n) && counters.get(n).countsCycles()) {
        left = Math.min(left, counters.get(n).left());
      }
    }
    if (mayInterrupt(CYCLES) && LevelFilter.countsAnywhere(cycleFilter)) {
      left = Math.min(left, cyclesLeft());
    }
    return left > Long.MAX_VALUE / 2 - seenCycles ? Long.MAX_VALUE : nanosAt(seenCycles + left);
  }

  private boolean mayInterrupt(int number) {
    return isCounting(number) && (interrupting & ~overflows & 1L << number) != 0;
  }

  /** Cycles until the cycle counter overruns, not less than one. */
  private long cyclesLeft() {
    if ((control & LONG_CYCLES) != 0) {
      return Long.MAX_VALUE;
    }
    long counts = (1L << HALF) - (cycles & (1L << HALF) - 1);
    int shift = divisorShift();
    return ((((seenCycles >>> shift) + counts) << shift) - seenCycles);
  }

  /** An instruction takes at least a nanosecond. */
  private long nextInstructionNanos() {
    long left = Long.MAX_VALUE;
    for (int n = 0; n < COUNTERS; n++) {
      if (mayInterrupt(n) && counters.get(n).countsInstructions()) {
        left = Math.min(left, counters.get(n).left());
      }
    }
    if (left == Long.MAX_VALUE) {
      return left;
    }
    return board.clock().nanos() + (isIdle ? Math.max(left, IDLE_NANOS) : left);
  }
}
