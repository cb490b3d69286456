package dev.roundhouse.kernel;

import dev.roundhouse.kernel.task.Task;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One {@link Decision.Run} for each task, so that running a task allocates nothing. */
final class RunDecisions {
  private static final int INITIAL_CAPACITY = 64;

  private Decision.@Nullable Run[] byTid = new Decision.Run[INITIAL_CAPACITY];

  Decision.Run of(Task task) {
    int tid = task.tid().value();
    if (tid >= byTid.length) {
      byTid = Arrays.copyOf(byTid, Math.max(2 * byTid.length, tid + 1));
    }
    Decision.Run run = byTid[tid];
    if (run == null) {
      run = new Decision.Run(task);
      byTid[tid] = run;
    }
    return run;
  }

  void forget(Task task) {
    if (task.tid().value() < byTid.length) {
      byTid[task.tid().value()] = null;
    }
  }
}
