package dev.roundhouse.kernel.syscall;

import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.task.LoadedProgram;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskTable;
import java.util.Optional;

/**
 * Writes to where a task has nothing to write: the stack of another one, and code. Nothing stops
 * them, because tasks share all RAM (kernel/src/mmu.c, 9d49562).
 */
public final class ForeignWrites {
  private final TaskTable tasks;
  private final Violations violations;

  /** Of the tasks of {@code tasks}. */
  public ForeignWrites(TaskTable tasks, Violations violations) {
    this.tasks = tasks;
    this.violations = violations;
  }

  private record Broken(Rule rule, String detail) {}

  /**
   * The kernel has written bytes to where a task's call said. One that writes below its own stack
   * has overflowed, which is known already.
   */
  void copied(Task owner, long address, long bytes) {
    if (bytes == 0 || owner.stack().contains(address, bytes) || owner.hasOverflowed()) {
      return;
    }
    if (owner.program().isPresent()) {
      LoadedProgram own = owner.program().get();
      if (own.memory().contains(address, bytes) && !own.isCode(address, bytes)) {
        return;
      }
    }
    look(owner, address, bytes)
        .ifPresent(broken -> violations.report(owner, broken.rule, broken.detail));
  }

  /** An instruction of a task's is about to write bytes. */
  public void wrote(Task task, long pc, long address, long bytes) {
    look(task, address, bytes)
        .ifPresent(broken -> violations.reportInstruction(task, pc, broken.rule, broken.detail));
  }

  private Optional<Broken> look(Task task, long address, long bytes) {
    Optional<Task> other =
        tasks
            .withStackAt(address)
            .or(() -> tasks.withStackAt(address + bytes - 1))
            .filter(found -> found != task);
    if (other.isPresent()) {
      long depth = other.get().stack().end() - address;
      return Optional.of(
          new Broken(
              Rule.FOREIGN_STACK,
              "%s to 0x%x, in the stack of %s, %d bytes below its top"
                  .formatted(amount(bytes), address, other.get().label(), depth)));
    }
    return tasks.all().stream()
        .filter(owner -> owner.program().filter(it -> it.isCode(address, bytes)).isPresent())
        .findFirst()
        .map(owner ->
            new Broken(
                Rule.CODE_WRITTEN,
                "%s to 0x%x, in the code of %s"
                    .formatted(
                        amount(bytes),
                        address,
                        owner == task ? "its own program" : owner.label())));
  }

  private static String amount(long bytes) {
    return bytes == 1 ? "1 byte" : bytes + " bytes";
  }
}
