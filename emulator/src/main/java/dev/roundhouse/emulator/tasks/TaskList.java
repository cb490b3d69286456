package dev.roundhouse.emulator.tasks;

import java.util.List;
import java.util.Optional;

/** The tasks of a machine, asked while it stands still. */
public interface TaskList {
  /** Those that live, by tid; not the idle task. */
  List<TaskInfo> living();

  /** A task that lives, by its tid. */
  default Optional<TaskInfo> task(int tid) {
    return living().stream().filter(task -> task.tid() == tid).findFirst();
  }

  /** What a task does; one that is not there has exited. */
  default TaskStatus status(int tid) {
    return task(tid).map(TaskInfo::status).orElseGet(TaskStatus.Exited::new);
  }
}
