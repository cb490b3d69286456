package dev.roundhouse.emulator.unicorn.system;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.emulator.cpu.CoreRegisters;
import dev.roundhouse.emulator.cpu.CoreTimer;
import dev.roundhouse.emulator.platform.NativeFunctions;
import dev.roundhouse.emulator.unicorn.binding.Arm64Register;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;
import dev.roundhouse.emulator.unicorn.core.TimerAccess;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Takes system registers away from the engine: the generic timer's, which it would read the host's
 * clock for, and those that {@link CoreRegisters} has; and tells of writes to registers that
 * control the core (CRn = 1).
 */
final class SystemRegisterHook {
  private static final long MRS = 1;
  private static final long MSR = 2;
  private static final int SYSTEM_OP0 = 3;
  private static final int TIMER_CRN = 14;
  private static final int TIMER_CRMS = 8;
  private static final int CONTROL_CRN = 1;
  private static final int TABLES_CRN = 2;
  private static final int CRN_SHIFT = 7;
  private static final int CRM_SHIFT = 3;
  private static final int FIELD_MASK = 0xf;
  private static final int COUNTER_NUMBER_MASK = 31;
  private static final int CYCLE_COUNTER = 31;
  private static final int COUNTERS_OF_ENGINE = 4;
  private static final int FIELDS = 5;
  private static final int ZERO_REGISTER = 31;
  private static final long STRUCTURE_BYTES = 6 * JAVA_INT.byteSize() + JAVA_LONG.byteSize();
  private static final long HANDLED = 1;

  private final TimerAccess timer;
  private final CoreRegisters registers;
  private final SystemWindow window;
  private final Control control;
  private final Consumer<Throwable> failures;

  /**
   * Who is told of writes, before they are made.
   *
   * @param pages hears of all that may change translation
   * @param written hears of registers that control the core
   */
  record Control(VirtualPages pages, Runnable written) {}

  SystemRegisterHook(
      TimerAccess timer,
      CoreRegisters registers,
      SystemWindow window,
      Control control,
      Consumer<Throwable> failures) {
    this.timer = timer;
    this.registers = registers;
    this.window = window;
    this.control = control;
    this.failures = failures;
  }

  void add(LibUnicorn library, long engine, Arena lifetime) {
    byte[] read = new byte[CoreRegisters.KEYS];
    byte[] write = new byte[CoreRegisters.KEYS];
    for (int key = 0; key < CoreRegisters.KEYS; key++) {
      boolean isOurs = isTimer(key) || (isOfEngine(key) && registers.has(key));
      read[key] = isOurs ? RegisterFilter.CALLS : 0;
      write[key] =
          isOurs || isControl(key, CONTROL_CRN)
              ? RegisterFilter.CALLS
              : isControl(key, TABLES_CRN) ? RegisterFilter.CHANGES_TABLES : 0;
    }
    var onRead = NativeFunctions.callback(this::onRead, lifetime);
    var onWrite = NativeFunctions.callback(this::onWrite, lifetime);
    add(library, engine, MRS, RegisterFilter.hook(onRead, read, control.pages, lifetime));
    add(library, engine, MSR, RegisterFilter.hook(onWrite, write, control.pages, lifetime));
  }

  private static void add(LibUnicorn library, long engine, long instruction, EventSites.Hook hook) {
    library.addInstructionHook(engine, instruction, hook.function(), hook.userData());
  }

  private static boolean isTimer(int key) {
    boolean isLow = (key >>> CRM_SHIFT & FIELD_MASK) < TIMER_CRMS;
    return (key >>> CRN_SHIFT & FIELD_MASK) == TIMER_CRN && isLow;
  }

  /**
   * Whether the engine knows the register too. Of those that it does not, a hook may answer none:
   * behind an instruction that the engine takes for undefined it has no code that goes on. They are
   * for {@link UndefinedInstructions} (qemu/target/arm/translate-a64.c, handle_sys; helper.c,
   * define_pmu_regs, which has four event counters; 2.1.1).
   */
  private static boolean isOfEngine(int key) {
    int crn = key >>> CRN_SHIFT & FIELD_MASK;
    int number = key & COUNTER_NUMBER_MASK;
    boolean isCounter = crn == TIMER_CRN && number < CYCLE_COUNTER;
    return crn != 11 && crn != 15 && !(isCounter && number >= COUNTERS_OF_ENGINE);
  }

  private static boolean isControl(int key, int crn) {
    return (key >>> CRN_SHIFT & FIELD_MASK) == crn;
  }

  private static int key(int[] field) {
    return CoreRegisters.key(field[3], field[0], field[1], field[4]);
  }

  /** Called by the engine: (engine, register, fields, user data); 1 = done, 0 = do it yourself. */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  private long onRead(long uc, long register, long fields, long user, long e) {
    try {
      int[] field = fields(fields);
      if (!isReached(field)) {
        return 0;
      }
      int key = key(field);
      OptionalLong value =
          isTimer(key)
              ? timer.read(timerKey(field), window.level())
              : registers.read(key, window.level());
      if (value.isEmpty()) {
        return 0;
      }
      int number = Arm64Register.generalNumber((int) register);
      if (number != ZERO_REGISTER) {
        window.setGeneral(number, value.getAsLong());
      }
      return HANDLED;
    } catch (Throwable failure) {
      failures.accept(failure);
      return 0;
    }
  }

  private static int timerKey(int[] field) {
    return CoreTimer.key(field[3], field[1], field[4]);
  }

  /** Called by the engine: (engine, register, fields, user data). */
  @SuppressWarnings("UnusedVariable")
  private long onWrite(long uc, long register, long fields, long user, long e) {
    try {
      int[] field = fields(fields);
      if (field[0] == CONTROL_CRN || field[0] == TABLES_CRN) {
        control.pages.mayHaveChanged();
      }
      if (field[0] == CONTROL_CRN) {
        control.written.run();
      }
      if (!isReached(field)) {
        return 0;
      }
      int number = Arm64Register.generalNumber((int) register);
      long value = number == ZERO_REGISTER ? 0 : window.general(number);
      boolean isDone =
          isTimer(key(field))
              ? timer.write(timerKey(field), value, window.level())
              : registers.write(key(field), value, window.level());
      return isDone ? HANDLED : 0;
    } catch (Throwable failure) {
      failures.accept(failure);
      return 0;
    }
  }

  /** Whether this exception level may use it; below, the engine takes the exception. */
  private boolean isReached(int[] field) {
    return field[2] == SYSTEM_OP0 && window.level() >= CoreRegisters.lowestLevel(key(field));
  }

  /** CRn, CRm, op0, op1, op2. */
  @SuppressWarnings("restricted") // the engine passes its structure
  private static int[] fields(long address) {
    return MemorySegment.ofAddress(address)
        .reinterpret(STRUCTURE_BYTES)
        .asSlice(0, FIELDS * JAVA_INT.byteSize())
        .toArray(JAVA_INT);
  }
}
