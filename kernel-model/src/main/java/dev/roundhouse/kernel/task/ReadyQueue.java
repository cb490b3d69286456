package dev.roundhouse.kernel.task;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that are ready, in order of priority and then of entering. It has room for a limited
 * number: one more is silently not taken (lib/include/heap.h, HEAP_INSERT, 9d49562).
 *
 * <p>One list for each priority, linked through the tasks, and a bit for each list that has a task.
 */
public final class ReadyQueue {
  private final int capacity;
  private final @Nullable Task[] first = new Task[Priority.LEVELS];
  private final @Nullable Task[] last = new Task[Priority.LEVELS];
  private long occupied;
  private int size;

  /**
   * An empty queue.
   *
   * @param capacity how many tasks it has room for
   */
  public ReadyQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Whether no task is ready. */
  public boolean isEmpty() {
    return occupied == 0;
  }

  /** How many tasks are ready. */
  public int size() {
    return size;
  }

  /**
   * Puts a task behind those of its priority.
   *
   * @return false if there is no room, and the task is not in the queue
   */
  public boolean offer(Task task) {
    if (size == capacity) {
      return false;
    }
    size++;
    int level = task.priority().level();
    Task before = last[level];
    if (before == null) {
      first[level] = task;
      occupied |= 1L << level;
    } else {
      before.nextReady = task;
    }
    last[level] = task;
    return true;
  }

  /**
   * Takes the task that comes first.
   *
   * @throws IllegalStateException if the queue is empty
   */
  public Task remove() {
    int level = Long.numberOfTrailingZeros(occupied) & (Priority.LEVELS - 1);
    Task task = first[level];
    if (task == null) {
      throw new IllegalStateException("no task is ready");
    }
    size--;
    Task next = task.nextReady;
    task.nextReady = null;
    first[level] = next;
    if (next == null) {
      last[level] = null;
      occupied &= ~(1L << level);
    }
    return task;
  }
}
