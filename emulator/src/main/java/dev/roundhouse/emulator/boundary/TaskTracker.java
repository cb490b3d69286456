package dev.roundhouse.emulator.boundary;

import dev.roundhouse.kernel.abi.CallAbi;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells the tasks of a kernel apart by their stack pointers: a task comes back to EL0 with the one
 * that it left with, and one that comes with another has never run. Which one that is follows from
 * what a kernel of this family does: of the tasks that were made and have not run, the most urgent
 * one runs, and of those the one made first.
 */
final class TaskTracker {
  private final CallAbi.MostUrgent mostUrgent;
  private final SortedMap<Long, TrackedTask> left = new TreeMap<>();
  private final List<NotRun> waiting = new ArrayList<>();
  private int latestTid = -1;

  private record NotRun(TrackedTask task, int priority) {}

  TaskTracker(CallAbi abi) {
    mostUrgent = abi.tasks().mostUrgent();
    for (CallAbi.FirstTask first : abi.tasks().first()) {
      TrackedTask task =
          first.isIdle() ? TrackedTask.idle(first.tid()) : new TrackedTask(first.tid());
      waiting.add(new NotRun(task, first.priority()));
      latestTid = Math.max(latestTid, first.tid());
    }
  }

  /** A task is being made: its tid is probably the next one. */
  TrackedTask made(int priority) {
    TrackedTask task = new TrackedTask(++latestTid);
    waiting.add(new NotRun(task, priority));
    return task;
  }

  /** The kernel has told the tid of a task that was made; a negative one means that it was not. */
  void told(TrackedTask task, int tid) {
    if (tid < 0) {
      if (waiting.removeIf(each -> each.task == task)) {
        latestTid--;
      }
    } else {
      task.learnTid(tid);
      latestTid = Math.max(latestTid, tid);
    }
  }

  /** The task left EL0 with this stack pointer. */
  void leaves(TrackedTask task, long sp) {
    left.put(sp, task);
  }

  /** Whether a task comes back with this stack pointer, and not a new one. */
  boolean knows(long sp) {
    return left.containsKey(sp);
  }

  /** The task that comes back with a stack pointer that is known. */
  TrackedTask comesBack(long sp) {
    TrackedTask task = left.remove(sp);
    if (task == null) {
      throw new IllegalArgumentException("no task left with that stack pointer");
    }
    return task;
  }

  /** The task that runs for the first time. */
  TrackedTask starts() {
    NotRun next = null;
    for (NotRun each : waiting) {
      if (next == null || isMoreUrgent(each.priority, next.priority)) {
        next = each;
      }
    }
    if (next == null) {
      return new TrackedTask(++latestTid);
    }
    waiting.remove(next);
    return next.task;
  }

  private boolean isMoreUrgent(int priority, int other) {
    return mostUrgent == CallAbi.MostUrgent.LOWEST ? priority < other : priority > other;
  }
}
