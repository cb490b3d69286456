package dev.roundhouse.devices.time;

import java.util.Arrays;

/**
 * What falls due on a machine and when: an indexed binary heap of {@link Alarm}s, ordered by time
 * and then by the order of setting, so that a run is the same each time.
 */
public final class Agenda {
  private static final int INITIAL_CAPACITY = 32;

  private Alarm[] heap = new Alarm[INITIAL_CAPACITY];
  private int size;
  private long nextOrder;

  /** An agenda with nothing on it. */
  public Agenda() {}

  /**
   * Makes an alarm, not set yet.
   *
   * @param name what it is for, for reports
   * @param action what happens when it falls due
   */
  public Alarm alarm(String name, DueAction action) {
    return new Alarm(this, name, action);
  }

  /** A part of it for an owner that may go before the machine does. */
  public AgendaPart part() {
    return new AgendaPart(this);
  }

  /** The time of the earliest alarm in nanoseconds, {@link Long#MAX_VALUE} when none is set. */
  public long nextNanos() {
    return size == 0 ? Long.MAX_VALUE : heap[0].at;
  }

  /**
   * Lets every alarm fall due that is set for {@code nowNanos} or earlier, in order of time and
   * then of setting. Alarms set by these actions for such a time fall due in the same call.
   */
  public void runDue(long nowNanos) {
    while (size > 0 && heap[0].at <= nowNanos) {
      Alarm first = heap[0];
      long at = first.at;
      remove(first);
      first.fallDue(at);
    }
  }

  void set(Alarm alarm, long nanos) {
    alarm.at = nanos;
    alarm.order = nextOrder++;
    if (alarm.heapIndex == Alarm.NOT_SET) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      place(alarm, size++);
    }
    restore(alarm);
  }

  void remove(Alarm alarm) {
    int hole = alarm.heapIndex;
    if (hole == Alarm.NOT_SET) {
      return;
    }
    alarm.heapIndex = Alarm.NOT_SET;
    alarm.at = Long.MAX_VALUE;
    size--;
    Alarm last = heap[size];
    if (last != alarm) {
      place(last, hole);
      restore(last);
    }
  }

  private void restore(Alarm alarm) {
    int index = alarm.heapIndex;
    while (index > 0 && alarm.isBefore(heap[(index - 1) / 2])) {
      place(heap[(index - 1) / 2], index);
      index = (index - 1) / 2;
    }
    int child = earlierChild(index);
    while (child < size && heap[child].isBefore(alarm)) {
      place(heap[child], index);
      index = child;
      child = earlierChild(index);
    }
    place(alarm, index);
  }

  /** The index of the earlier child of {@code index}; at least {@link #size} if there is none. */
  private int earlierChild(int index) {
    int left = 2 * index + 1;
    int right = left + 1;
    return right < size && heap[right].isBefore(heap[left]) ? right : left;
  }

  private void place(Alarm alarm, int index) {
    heap[index] = alarm;
    alarm.heapIndex = index;
  }
}
