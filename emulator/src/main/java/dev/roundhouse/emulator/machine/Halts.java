package dev.roundhouse.emulator.machine;

import dev.roundhouse.kernel.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where a debugger wants a machine to halt, and why it has halted. */
public final class Halts {
  private final Set<Long> breakpoints = new TreeSet<>();
  private final List<Task> known = new ArrayList<>();
  private @Nullable Step step;
  private boolean atPrograms;
  private @Nullable Halt halt;
  private boolean hasBegun;

  /** A thread that is to halt before its next instruction, which is one of these. */
  private record Step(int thread, Set<Long> next) {
    /** The core steps through whatever it executes. */
    boolean isOf(int other) {
      return thread == other || thread == Inspection.CORE;
    }
  }

  /** Why a machine has halted. */
  public sealed interface Halt {
    /** The thread that is about to go on. */
    int thread();

    /** Before an instruction with a breakpoint. */
    record Breakpoint(int thread) implements Halt {}

    /** Behind an instruction. */
    record Stepped(int thread) implements Halt {}

    /** Before the first instruction of a program, which has just been loaded. */
    record NewProgram(int thread) implements Halt {}
  }

  Halts() {
    // As the fields say.
  }

  /** Halts whoever is about to execute the instruction at {@code pc}. */
  public void addBreakpoint(long pc) {
    breakpoints.add(pc);
  }

  public void removeBreakpoint(long pc) {
    breakpoints.remove(pc);
  }

  /** Halts a thread before whichever of these instructions it comes to first, once. */
  public void stepTo(int thread, Set<Long> next) {
    step = new Step(thread, next);
  }

  /** Also halts before the first instruction of each program that a task starts. */
  public void atPrograms() {
    atPrograms = true;
  }

  /** Halts nowhere any more. */
  public void clear() {
    breakpoints.clear();
    step = null;
    atPrograms = false;
  }

  /** Why the machine halted since this was last asked; nothing if it did not. */
  public Optional<Halt> take() {
    Optional<Halt> taken = Optional.ofNullable(halt);
    halt = null;
    step = null;
    return taken;
  }

  /** Where the processor is to ask. */
  Set<Long> places() {
    Step present = step;
    if (present == null) {
      return breakpoints;
    }
    Set<Long> all = new TreeSet<>(breakpoints);
    all.addAll(present.next);
    return all;
  }

  /** Whether a thread that is about to execute an instruction halts. */
  boolean at(int thread, long pc) {
    Step present = step;
    if (present != null && present.isOf(thread) && present.next.contains(pc)) {
      halt = new Halt.Stepped(thread);
    } else if (breakpoints.contains(pc)) {
      halt = new Halt.Breakpoint(thread);
    }
    return halt != null;
  }

  /** Whether a kernel halts that may be about to start; asked each time that it goes on. */
  boolean beforeKernel() {
    boolean isFirst = !hasBegun;
    hasBegun = true;
    if (isFirst && atPrograms) {
      halt = new Halt.NewProgram(Inspection.CORE);
      return true;
    }
    return false;
  }

  /** Whether a task halts that is about to start; asked once more when it goes on. */
  boolean beforeProgramOf(Task task) {
    if (!atPrograms || task.program().isEmpty() || known.contains(task)) {
      return false;
    }
    known.removeIf(each -> each.tid().equals(task.tid()));
    known.add(task);
    halt = new Halt.NewProgram(task.tid().value());
    return true;
  }
}
