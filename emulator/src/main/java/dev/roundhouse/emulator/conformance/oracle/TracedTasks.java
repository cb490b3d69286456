package dev.roundhouse.emulator.conformance.oracle;

import dev.roundhouse.kernel.abi.Syscall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the trace told of each task. */
final class TracedTasks {
  /** What a task does. */
  enum State {
    STARTING,
    READY,
    RUNNING,
    SEND_BLOCKED,
    RECEIVE_BLOCKED,
    REPLY_BLOCKED,
    EVENT_BLOCKED,
    LOST,
    EXITED
  }

  /** A task. */
  static final class TracedTask {
    final int tid;
    int priority;
    State state = State.STARTING;

    /** Who it waits for, or the event. */
    int awaited;

    /** The system call that it made last. */
    @Nullable Syscall call;

    /** Who sent to it and was not received yet, in order. */
    final Deque<Integer> senders = new ArrayDeque<>();

    TracedTask(int tid) {
      this.tid = tid;
    }

    @Override
    public String toString() {
      return "tid %d, %s, awaits %d, called %s".formatted(tid, state, awaited, call);
    }
  }

  private final Map<Integer, TracedTask> byTid = new TreeMap<>();

  /** The task with this tid, which may have been made before the trace began. */
  TracedTask of(int tid) {
    return byTid.computeIfAbsent(tid, TracedTask::new);
  }

  /** All of them. */
  Iterable<TracedTask> all() {
    return byTid.values();
  }
}
