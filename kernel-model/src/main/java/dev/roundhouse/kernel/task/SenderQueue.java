package dev.roundhouse.kernel.task;

import java.util.ArrayDeque;

/** The tasks that sent to a task and wait for it to receive, first in, first out. */
public final class SenderQueue {
  private final ArrayDeque<Task> senders = new ArrayDeque<>(1);

  SenderQueue() {}

  /** Whether nobody waits. */
  public boolean isEmpty() {
    return senders.isEmpty();
  }

  /** How many wait. */
  public int size() {
    return senders.size();
  }

  /** Adds a sender at the end. */
  public void add(Task sender) {
    senders.addLast(sender);
  }

  /** Takes the oldest one; the queue is not empty. */
  public Task removeOldest() {
    return senders.removeFirst();
  }
}
