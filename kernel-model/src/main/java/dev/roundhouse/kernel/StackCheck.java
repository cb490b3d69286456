package dev.roundhouse.kernel;

import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.syscall.MemoryCalls;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskTable;

/**
 * How far down stacks reach. A stack is one page of the allocator with nothing below it that would
 * stop it (kernel/src/task.c, k_td_init_user_task, 9d49562): it grows into whatever lies there.
 */
final class StackCheck {
  private static final long BYTES_PER_KIB = 1024;

  private final TaskTable tasks;
  private final MemoryCalls memory;
  private final Violations violations;

  StackCheck(TaskTable tasks, MemoryCalls memory, Violations violations) {
    this.tasks = tasks;
    this.memory = memory;
    this.violations = violations;
  }

  /**
   * A task has entered the kernel, which keeps its registers on its stack.
   *
   * @param lowest the lowest address that the kernel writes to
   */
  void entered(Task task, long lowest) {
    if (lowest < task.lowestStack() && isOnItsStack(task, lowest)) {
      task.setLowestStack(lowest);
      if (lowest < task.stack().start() && !task.hasOverflowed()) {
        task.setOverflowed();
        violations.report(task, Rule.STACK_OVERFLOW, detail(task, lowest));
      }
    }
  }

  /** An instruction of a task's has reached an address below its stack, which it grew to. */
  void reached(Task task, long pc, long address) {
    task.setLowestStack(Math.min(task.lowestStack(), address));
    if (!task.hasOverflowed()) {
      task.setOverflowed();
      violations.reportInstruction(task, pc, Rule.STACK_OVERFLOW, detail(task, address));
    }
  }

  /**
   * Whether a stack pointer is one of the task's own stack, and not of another that it made itself
   * of memory of its own.
   */
  boolean isOnItsStack(Task task, long sp) {
    return sp >= task.stack().start()
        || !(memory.hasGiven(sp)
            || task.program().filter(program -> program.memory().contains(sp)).isPresent());
  }

  private String detail(Task task, long address) {
    return "%d bytes below the stack of %d KiB, %s"
        .formatted(
            task.stack().start() - address,
            task.stack().length() / BYTES_PER_KIB,
            tasks.whereIs(address));
  }
}
