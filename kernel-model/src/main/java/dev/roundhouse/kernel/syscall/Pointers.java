package dev.roundhouse.kernel.syscall;

import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.memory.UserMemory;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.task.Task;

/**
 * The pointers that the kernel is about to follow. A pointer is checked at the moment of following
 * it and for the bytes that are touched, not when a task hands it over: a buffer that is never used
 * does no harm on the real kernel either.
 */
public final class Pointers {
  private final UserMemory memory;
  private final Violations violations;

  /** Pointers into {@code memory}. */
  public Pointers(UserMemory memory, Violations violations) {
    this.memory = memory;
    this.violations = violations;
  }

  /** Whether the kernel may touch these bytes; any address is fine for no bytes. */
  public boolean areGood(UserBuffer where) {
    return memory.holds(where);
  }

  /** The memory that good pointers lead to. */
  public UserMemory memory() {
    return memory;
  }

  /**
   * Reports a pointer that is not good.
   *
   * @param owner the task that passed it in the system call that it made last
   * @param argument the argument's name
   */
  public Outcome refuse(Task owner, String argument, UserBuffer where) {
    violations.report(owner, Rule.BAD_POINTER, argument + " is " + where);
    return new Outcome.End(
        new EndOfRun.BadPointer(owner.tid(), owner.latestCall().callName(), argument, where));
  }

  /**
   * Reports a pointer that an interrupt found in a task's registers, whatever the task called last.
   *
   * @param register the register's name
   */
  Outcome refuseInInterrupt(Task owner, String register, UserBuffer where) {
    violations.reportInterrupt(owner, Rule.BAD_POINTER, register + " is " + where);
    return new Outcome.End(
        new EndOfRun.BadPointer(owner.tid(), EndOfRun.BadPointer.INTERRUPT, register, where));
  }
}
