package dev.roundhouse.kernel.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The live tasks by tid. */
public final class TaskTable {
  private static final int INITIAL_CAPACITY = 64;

  private @Nullable Task[] byTid = new Task[INITIAL_CAPACITY];
  private final List<Task> live = new ArrayList<>();
  private final NavigableMap<Long, Task> byStack = new TreeMap<>();
  private int nextTid;

  /** A table without tasks, whose first tid is 0. */
  public TaskTable() {}

  /** The tid of the next task. */
  public Tid nextTid() {
    return new Tid(nextTid);
  }

  /** Adds the task with {@link #nextTid}. */
  public void add(Task task) {
    if (task.tid().value() != nextTid) {
      throw new IllegalArgumentException(task.tid() + " is not the next one, " + nextTid);
    }
    if (nextTid == byTid.length) {
      byTid = Arrays.copyOf(byTid, 2 * byTid.length);
    }
    byTid[nextTid++] = task;
    live.add(task);
    byStack.put(task.stack().start(), task);
  }

  /** Removes a task; its tid is not used again. */
  public void remove(Task task) {
    byTid[task.tid().value()] = null;
    live.remove(task);
    byStack.remove(task.stack().start(), task);
  }

  /** The live task in whose stack an address is. */
  public Optional<Task> withStackAt(long address) {
    return Optional.ofNullable(byStack.floorEntry(address))
        .map(Map.Entry::getValue)
        .filter(task -> task.stack().contains(address));
  }

  /** The live task with this tid, which may be any number. */
  public Optional<Task> find(int tid) {
    return tid >= 0 && tid < nextTid ? Optional.ofNullable(byTid[tid]) : Optional.empty();
  }

  /** Whether there was a task with this tid that is gone. */
  public boolean hasVanished(int tid) {
    return tid >= 0 && tid < nextTid && byTid[tid] == null;
  }

  /**
   * Whose memory an address is, such as {@code in the stack of tid 3 (clock_server)}, as far as it
   * is a task's.
   */
  public String whereIs(long address) {
    for (Task task : live) {
      if (task.stack().contains(address)) {
        return "in the stack of " + task.label();
      }
      if (task.program().filter(program -> program.memory().contains(address)).isPresent()) {
        return "in the program of " + task.label();
      }
    }
    return "in RAM that is no task's stack or program";
  }

  /** All live tasks by tid. */
  public List<Task> all() {
    return List.copyOf(live);
  }
}
