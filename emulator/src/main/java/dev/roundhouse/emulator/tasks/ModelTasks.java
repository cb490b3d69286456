package dev.roundhouse.emulator.tasks;

import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.task.LoadedProgram;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import java.util.List;
import java.util.OptionalInt;

/** The tasks of a kernel model. */
public record ModelTasks(Kernel kernel) implements TaskList {
  private static final int IDLE = 0;

  @Override
  public List<TaskInfo> living() {
    return kernel.tasks().stream()
        .filter(task -> task.tid().value() != IDLE)
        .map(ModelTasks::info)
        .toList();
  }

  /** A task as it is now. */
  static TaskInfo info(Task task) {
    return new TaskInfo(
        task.tid().value(),
        task.program().map(LoadedProgram::image).map(image -> image.name()),
        status(task.state()),
        OptionalInt.of(task.priority().level()));
  }

  /** What a task does or waits for. */
  public static TaskStatus statusOf(Task task) {
    return status(task.state());
  }

  private static TaskStatus status(TaskState state) {
    return switch (state) {
      case TaskState.Active() -> new TaskStatus.Active();
      case TaskState.Ready() -> new TaskStatus.Ready();
      case TaskState.SendBlocked blocked -> new TaskStatus.SendBlocked(blocked.to().value());
      case TaskState.ReceiveBlocked _ -> new TaskStatus.ReceiveBlocked();
      case TaskState.ReplyBlocked blocked -> new TaskStatus.ReplyBlocked(blocked.by().value());
      case TaskState.EventBlocked blocked -> new TaskStatus.EventBlocked(blocked.event().value());
      case TaskState.NeverStarted(int priority, var _) -> new TaskStatus.NeverStarted(priority);
      case TaskState.Lost() -> new TaskStatus.Lost();
      case TaskState.Exited() -> new TaskStatus.Exited();
    };
  }
}
