package dev.roundhouse.emulator.unicorn.core;

import dev.roundhouse.emulator.cpu.CoreState.TakenException;
import dev.roundhouse.emulator.unicorn.binding.Arm64Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes exceptions (Arm Architecture Reference Manual for A-profile, D1.3.1 and
 * AArch64.TakeException): ELR, SPSR, ESR and FAR of the level that it is taken to, everything
 * masked, that level's stack pointer, and its vector.
 */
public final class ExceptionEntry {
  /** The engine's number of an undefined instruction (qemu/target/arm/cpu.h, EXCP_UDEF). */
  public static final int UNDEFINED = 1;

  /**
   * The syndrome of a {@code wfe} that is trapped: class 0x01, a 32-bit instruction, condition
   * always, TI = 1 (Arm Architecture Reference Manual for A-profile, ESR_EL1, "ISS encoding for an
   * exception from a WF* instruction").
   */
  public static final int WFE_TRAPPED = 0x07e0_0001;

  private static final int PREFETCH_ABORT = 3;

  /** Its number of a data abort (EXCP_DATA_ABORT). */
  public static final int DATA_ABORT = 4;

  private static final int HYPERVISOR = 2;
  private static final int SAME_STACK_VECTORS = 0;
  private static final int OWN_STACK_VECTORS = 0x200;
  private static final int LOWER_LEVEL_VECTORS = 0x400;
  private static final int INTERRUPT_VECTOR = 0x80;
  private static final int VECTORS_BYTES = 0x800;
  private static final int REMEMBERED = 16;
  private static final int HOPELESS_REPEATS = 1000;
  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

  private final SystemWindow window;
  private final SystemRegisterFile registers;
  private final int[] syndromes = new int[REMEMBERED];
  private final long[] origins = new long[REMEMBERED];
  private final long[] addresses = new long[REMEMBERED];
  private final int[] levels = new int[REMEMBERED];
  private long taken;
  private long kept;
  private long lastOrigin = -1;
  private long lastGeneral;
  private long lastStackPointer;
  private int repeats;

  public ExceptionEntry(SystemWindow window, SystemRegisterFile registers) {
    this.window = window;
    this.registers = registers;
  }

  /**
   * The exception that the engine hands over.
   *
   * @param number the engine's, of which only aborts matter: the syndrome tells the rest
   */
  public TakenException handedOver(int number) {
    boolean isAbort = number == DATA_ABORT || number == PREFETCH_ABORT;
    return new TakenException(
        window.syndrome(),
        window.pc(),
        isAbort ? window.faultAddress() : 0,
        Math.max(Math.max(window.targetLevel(), window.level()), 1));
  }

  /**
   * Takes an exception that the engine knows nothing of, or one that it hands over.
   *
   * @return whether that leads anywhere: no when the handler's own first steps fail again and again
   */
  public boolean take(TakenException exception) {
    int from = window.level();
    int to = exception.level();
    if (exception.isAbort() || exception.address() != 0) {
      registers.setNumbered(Arm64Register.FAR_EL0 + to, exception.address());
    }
    registers.setNumbered(Arm64Register.ESR_EL0 + to, Integer.toUnsignedLong(exception.syndrome()));
    remember(exception);
    enter(to, exception.pc(), 0);
    return isHopeful(from, to, exception.pc());
  }

  /** Takes an interrupt at EL2 whose return address is {@code pc}. */
  public void takeInterrupt(long pc) {
    enter(HYPERVISOR, pc, INTERRUPT_VECTOR);
  }

  private void enter(int to, long pc, int kind) {
    int vectors = SAME_STACK_VECTORS;
    if (window.level() < to) {
      vectors = LOWER_LEVEL_VECTORS;
    } else if (window.usesOwnStack()) {
      vectors = OWN_STACK_VECTORS;
    }
    long status = registers.numbered(Arm64Register.PSTATE);
    window.setReturnAddress(to, pc);
    window.enter(to);
    // Last of the engine's registers: that refreshes the flags which it derives from PSTATE.
    registers.savedStatus(to).write(status);
    window.setPc(registers.numbered(Arm64Register.VBAR_EL0 + to) + vectors + kind);
  }

  /**
   * An exception of the kernel at the same pc as the last one is one within its handler if nothing
   * has changed since, or if the stack has grown: a loop that counts, or that calls, goes on.
   */
  private boolean isHopeful(int from, int to, long pc) {
    boolean isAgain = from == to && pc == lastOrigin;
    long general = isAgain ? generalRegisters() : 0;
    long sp = window.sp();
    boolean isNested =
        isAgain && (general == lastGeneral || Long.compareUnsigned(sp, lastStackPointer) < 0);
    repeats = isNested ? repeats + 1 : 0;
    lastOrigin = pc;
    lastGeneral = general;
    lastStackPointer = sp;
    return repeats < HOPELESS_REPEATS;
  }

  private long generalRegisters() {
    long all = 0;
    for (int number = 0; number < SystemWindow.SP / Long.BYTES; number++) {
      all = (all ^ window.general(number)) * MULTIPLIER;
    }
    return all;
  }

  /** Why {@link #take} has no hope. */
  public String trouble() {
    long vectors = registers.numbered(Arm64Register.VBAR_EL0 + window.level());
    boolean isInVectors = lastOrigin - vectors >= 0 && lastOrigin - vectors < VECTORS_BYTES;
    String where = isInVectors ? "the exception vectors at 0x%x" : "its exception handler at 0x%x";
    return "the kernel faults in " + where.formatted(lastOrigin) + " again and again";
  }

  /** Of many that are the same only two are kept, so that what led to them stays. */
  private void remember(TakenException exception) {
    taken++;
    if (isKept(kept - 1, exception) && isKept(kept - 2, exception)) {
      return;
    }
    int place = (int) (kept++ % REMEMBERED);
    syndromes[place] = exception.syndrome();
    origins[place] = exception.pc();
    addresses[place] = exception.address();
    levels[place] = exception.level();
  }

  private boolean isKept(long number, TakenException exception) {
    return number >= 0 && at((int) (number % REMEMBERED)).equals(exception);
  }

  private TakenException at(int place) {
    return new TakenException(syndromes[place], origins[place], addresses[place], levels[place]);
  }

  /** The last abort among the exceptions that are remembered. */
  public Optional<TakenException> lastAbort() {
    return last().reversed().stream().filter(TakenException::isAbort).findFirst();
  }

  /** How many exceptions were taken; interrupts are not among them. */
  public long taken() {
    return taken;
  }

  /** The last exceptions, the latest last; interrupts are not among them. */
  public List<TakenException> last() {
    List<TakenException> list = new ArrayList<>();
    for (long n = Math.max(kept - REMEMBERED, 0); n < kept; n++) {
      list.add(at((int) (n % REMEMBERED)));
    }
    return list;
  }
}
