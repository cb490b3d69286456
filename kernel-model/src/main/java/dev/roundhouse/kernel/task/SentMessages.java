package dev.roundhouse.kernel.task;

import java.util.Arrays;

/**
 * To whom a task has sent, as far as it tells who feeds whom: a server that only receives is not
 * stuck if a notifier or courier that has sent to it waits for an event. Cheap to keep while a task
 * sends to the same one again and again.
 */
final class SentMessages {
  private static final int NOBODY = -1;

  private int latest = NOBODY;
  private int[] receivers = new int[2];
  private int count;

  void add(int tid) {
    if (tid != latest) {
      latest = tid;
      if (!contains(tid)) {
        if (count == receivers.length) {
          receivers = Arrays.copyOf(receivers, 2 * count);
        }
        receivers[count++] = tid;
      }
    }
  }

  boolean contains(int tid) {
    for (int index = 0; index < count; index++) {
      if (receivers[index] == tid) {
        return true;
      }
    }
    return false;
  }

  void clear() {
    latest = NOBODY;
    count = 0;
  }
}
