package dev.roundhouse.kernel.syscall;

import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import java.util.List;

/** What a system call does to its caller and to others; the kernel applies it. */
public sealed interface Outcome {
  /** The caller goes on with {@code value} in x0. */
  record Return(long value) implements Outcome {}

  /** The caller goes on with the result of its call before. */
  record KeepResult() implements Outcome {
    /** The one value. */
    public static final KeepResult INSTANCE = new KeepResult();
  }

  /** The caller waits. */
  record Block(TaskState state) implements Outcome {}

  /** The caller waits; {@code woken} goes on with {@code result}. */
  record BlockAndWake(TaskState state, Task woken, long result) implements Outcome {}

  /** {@code sender} waits for a reply from now on; the caller goes on with {@code value}. */
  record Accept(Task sender, TaskState.ReplyBlocked state, long value) implements Outcome {}

  /** {@code woken} goes on with {@code result}, and behind it the caller with {@code value}. */
  record WakeAndReturn(Task woken, long result, long value) implements Outcome {}

  /** {@code child} starts; the caller goes on with its tid. */
  record Start(Task child) implements Outcome {}

  /**
   * The caller is gone.
   *
   * @param released tasks whose wait for the caller ends, in the order in which they go on
   * @param result what their send gives
   */
  record Exit(List<Task> released, long result) implements Outcome {
    /** Nobody's wait ends. */
    public static final Exit ALONE = new Exit(List.of(), 0);

    /** Copies the list. */
    public Exit {
      released = List.copyOf(released);
    }
  }

  /** The run is over. */
  record End(EndOfRun why) implements Outcome {}
}
