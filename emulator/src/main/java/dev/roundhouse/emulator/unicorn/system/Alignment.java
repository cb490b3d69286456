package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.cpu.CoreState.TakenException;
import dev.roundhouse.emulator.unicorn.binding.AccessRules;
import dev.roundhouse.emulator.unicorn.binding.BlockCounter;
import dev.roundhouse.emulator.unicorn.binding.Emission;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import dev.roundhouse.emulator.unicorn.binding.RequiredAlignment;
import dev.roundhouse.emulator.unicorn.core.AlignmentControl;
import dev.roundhouse.emulator.unicorn.core.ExceptionEntry;
import dev.roundhouse.emulator.unicorn.core.SystemRegisterFile;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Alignment of data (Arm Architecture Reference Manual for A-profile, B2.9, "Alignment support",
 * and D1.3.8, "Stack pointer alignment checking"): where SCTLR.A says so, on device memory, which
 * all memory is while the MMU is off, and by exclusive and ordered accesses anywhere. Code is
 * translated for one {@link AlignmentControl} of its exception level, and anew when that changes.
 */
final class Alignment implements AccessRules {
  private static final int LEVELS = 3;
  private static final int MOST_TOLD = 32;
  private static final int UNDEFINED_INSTRUCTION = 0;
  private static final int STACK_MASK = 15;

  private static final int STATUS_MASK = 0x3f;
  private static final int ALIGNMENT = 0x21;
  private static final int BY_STORE = 1 << 6;
  private static final int DATA_FROM_BELOW = 0x9200_0000;
  private static final int SAME_LEVEL = 1 << 26;
  private static final int STACK_ALIGNMENT = 0x9a00_0000;

  private final SystemWindow window;
  private final SystemRegisterFile registers;
  private final GuestData memory;
  private final BlockCounter counter;
  private final Consumer<Throwable> failures;

  private final AlignmentControl[] controls = new AlignmentControl[LEVELS];
  private final boolean[] isUsed = new boolean[LEVELS];
  private final Set<Long> toldPlaces = new TreeSet<>();
  private final List<CodeWatch.Misuse> untold = new ArrayList<>();
  private boolean mayHaveChanged = true;

  private AlignmentControl control = AlignmentControl.NONE;
  private final StackAlignment stack = new StackAlignment();
  private int instruction;
  private int accesses;

  /** Rules for one core; what they throw goes to {@code failures}. */
  Alignment(
      SystemWindow window,
      SystemRegisterFile registers,
      GuestData memory,
      BlockCounter counter,
      Consumer<Throwable> failures) {
    this.window = window;
    this.registers = registers;
    this.memory = memory;
    this.counter = counter;
    this.failures = failures;
  }

  /** A register may be written that says what is checked. */
  void controlWritten() {
    mayHaveChanged = true;
  }

  /** Whether code was translated by what does not hold any more: all translations must go. */
  boolean isStale() {
    if (!mayHaveChanged) {
      return false;
    }
    mayHaveChanged = false;
    boolean isStale = false;
    for (int level = 0; level < LEVELS; level++) {
      AlignmentControl now = registers.alignmentControl(level);
      isStale |= isUsed[level] && !now.equals(controls[level]);
      controls[level] = now;
    }
    return isStale;
  }

  /** No translation is left. */
  void translationsAreGone() {
    java.util.Arrays.fill(isUsed, false);
  }

  @Override
  public void startBlock() {
    int level = window.level();
    if (level >= LEVELS) {
      control = AlignmentControl.NONE;
      return;
    }
    // Code that comes right behind the write is translated before isStale() is asked.
    AlignmentControl now = mayHaveChanged ? registers.alignmentControl(level) : controls[level];
    control = now;
    isUsed[level] = true;
    stack.startBlock();
  }

  @Override
  public int translate(int next) {
    stack.follow(instruction);
    instruction = next;
    accesses = 0;
    boolean isFaulting =
        RequiredAlignment.isClear(next) && control.isUncached() && control.mayClear();
    return isFaulting ? UNDEFINED_INSTRUCTION : next;
  }

  @Override
  public int access(Emission emission, int operation) {
    int number = accesses++;
    int checked = operation;
    if (control.checksAll() || RequiredAlignment.isAlwaysChecked(instruction)) {
      checked = RequiredAlignment.checked(instruction, number, operation);
    }
    boolean isOnStack = number == 0 && RequiredAlignment.isBasedOnStack(instruction);
    return isOnStack && control.checksStack()
        ? stack.check(instruction, emission, checked, window)
        : checked;
  }

  @Override
  public void compare(Emission emission) {
    if (accesses == 0 && Opcode.isStoreExclusive(instruction)) {
      emission.checkAddress(RequiredAlignment.ofStoreExclusive(instruction), window.level());
    }
  }

  @Override
  public boolean isFault(long address) {
    return memory.isDevice(address) && !mayBeElements(address);
  }

  /** The engine may load a structure of small elements, each aligned, as one larger access. */
  private boolean mayBeElements(long address) {
    for (int n = 0; n < counter.latestInstructions(); n++) {
      long at = counter.latestBlock() + (long) n * Opcode.BYTES;
      if (RequiredAlignment.mayBeElements(memory.instructionAt(at), address)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void failed(Throwable failure) {
    failures.accept(failure);
  }

  /**
   * The exception that the core takes in place of one that the engine hands over.
   *
   * @param number the engine's
   */
  TakenException adjusted(int number, TakenException engines) {
    return switch (number) {
      case ExceptionEntry.UNDEFINED -> undefined(engines);
      case ExceptionEntry.DATA_ABORT -> dataAbort(engines);
      default -> engines;
    };
  }

  private TakenException undefined(TakenException engines) {
    int at = memory.instructionAt(engines.pc());
    if (!RequiredAlignment.isClear(at)) {
      return engines;
    }
    int same = window.level() == engines.level() ? SAME_LEVEL : 0;
    int syndrome = DATA_FROM_BELOW | same | BY_STORE | ALIGNMENT;
    return tell(at, new TakenException(syndrome, engines.pc(), target(at), engines.level()));
  }

  private TakenException dataAbort(TakenException engines) {
    if ((engines.syndrome() & STATUS_MASK) != ALIGNMENT) {
      return engines;
    }
    int at = memory.instructionAt(engines.pc());
    boolean isStackWrong =
        RequiredAlignment.isBasedOnStack(at)
            && (window.sp() & STACK_MASK) != 0
            && registers.alignmentControl(window.level()).checksStack();
    if (isStackWrong) {
      return new TakenException(STACK_ALIGNMENT, engines.pc(), 0, engines.level());
    }
    int direction = Opcode.isStoreExclusive(at) ? BY_STORE : 0;
    return tell(
        at,
        new TakenException(
            engines.syndrome() | direction, engines.pc(), engines.address(), engines.level()));
  }

  private long target(int clear) {
    int register = Opcode.bits(clear, 4, 0);
    return register == Opcode.NO_REGISTER ? 0 : window.general(register);
  }

  /** Says why, unless the kernel asked for the check: this is what an emulator usually lets by. */
  private TakenException tell(int at, TakenException fault) {
    boolean isOff = registers.alignmentControl(window.level()).isUncached();
    String where =
        isOff
            ? "while the MMU is off, when all memory is device memory"
            : "in memory that is mapped as device memory";
    boolean isAsked =
        RequiredAlignment.isAlwaysChecked(at) || (!isOff && !memory.isDevice(fault.address()));
    if (!isAsked && toldPlaces.size() < MOST_TOLD && toldPlaces.add(fault.pc())) {
      String what = RequiredAlignment.isClear(at) ? "dc zva of" : "unaligned access to";
      untold.add(
          new CodeWatch.Misuse(
              fault.pc(), "%s 0x%x %s: alignment fault".formatted(what, fault.address(), where)));
    }
    return fault;
  }

  /** What there is to tell, once. */
  Optional<CodeWatch.Misuse> takeMisuse() {
    return untold.isEmpty() ? Optional.empty() : Optional.of(untold.removeLast());
  }
}
