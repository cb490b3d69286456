package dev.roundhouse.emulator.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Follows what tasks do through a trace: of the kernel model, or of a booted kernel seen from
 * outside. What happens in one instant is told as one change of each task.
 */
final class TaskFollower {
  /** A kernel of this family has a few hundred; a damaged file may name any number. */
  private static final int MOST_TASKS = 100_000;

  private static final String SEND = "send";
  private static final String REPLY = "reply";

  private final TimelineListener listener;
  private final Map<Integer, TracedTask> tasks = new TreeMap<>();
  private final List<TracedTask> changed = new ArrayList<>();
  private Optional<TracedTask> running = Optional.empty();
  private long now;
  private long messages;
  private long events;
  private long idleNanos;
  private boolean isIdle;

  TaskFollower(TimelineListener listener) {
    this.listener = listener;
  }

  /** All tasks there were, by tid. */
  Collection<TracedTask> tasks() {
    return tasks.values();
  }

  /** Who runs. */
  Optional<TracedTask> running() {
    return running;
  }

  long events() {
    return events;
  }

  long idleNanos() {
    return idleNanos;
  }

  long now() {
    return now;
  }

  /** A task that there was, if there was it. */
  Optional<TracedTask> find(int tid) {
    return Optional.ofNullable(tasks.get(tid));
  }

  /** Takes the next event. */
  void take(long nanos, EventFields event) {
    if (nanos > now) {
      settle();
      listener.passed(now, nanos);
      idleNanos += isIdle ? nanos - now : 0;
      now = nanos;
    }
    events++;
    int tid = event.tid();
    switch (event.name()) {
      case "created" -> task(tid).priority = (int) event.value("priority", 0);
      case "loaded" -> task(tid).name = event.word("program");
      case "started" -> task(tid).isSeenFromOutside = true;
      case "call" -> call(task(tid), event);
      case "ready" -> ready(task(tid), event.value("result", 0));
      case "returned" -> returned(task(tid), event.value("result", 0));
      case "dispatched" -> dispatched(task(tid));
      case "interrupted" -> interrupted(tid);
      case "send-blocked" -> become(task(tid), TracedState.SEND_BLOCKED, event.value("to", -1));
      case "receive-blocked" -> become(task(tid), TracedState.RECEIVE_BLOCKED, -1);
      case "reply-blocked" -> replyBlocked(task(tid), event.value("by", -1));
      case "event-blocked" ->
          become(task(tid), TracedState.EVENT_BLOCKED, event.value("event", -1));
      case "lost" -> become(task(tid), TracedState.LOST, -1);
      case "exited" -> become(task(tid), TracedState.EXITED, -1);
      case "idle" -> isIdle = true;
      default -> {
        // Devices and trains are no tasks.
      }
    }
  }

  /** Tells the rest: the trace is at its end. */
  void end() {
    settle();
    for (TracedTask task : tasks.values()) {
      if (task.state() != TracedState.EXITED && task.state() != TracedState.MADE) {
        listener.ended(task, now);
      }
    }
  }

  private void settle() {
    for (TracedTask task : changed) {
      if (task.turns() && task.state() != TracedState.MADE) {
        listener.ended(task, now);
      }
    }
    for (TracedTask task : changed) {
      if (task.turns()) {
        task.turn(now);
        if (task.state() != TracedState.EXITED) {
          listener.began(task, now);
        }
      }
      task.isChanged = false;
    }
    changed.clear();
  }

  private TracedTask task(int tid) {
    TracedTask found = tasks.get(tid);
    if (found != null && found.next != TracedState.EXITED) {
      return found;
    }
    if (tasks.size() == MOST_TASKS) {
      throw new TraceException("more than " + MOST_TASKS + " tasks");
    }
    if (found != null) {
      // A tid that is given again is another task.
      found.next = TracedState.MADE;
      found.call = "";
      found.message = 0;
      return found;
    }
    TracedTask made = new TracedTask(tid, now);
    tasks.put(tid, made);
    return made;
  }

  private void become(TracedTask task, TracedState state, long on) {
    task.next = state;
    task.nextOn = (int) on;
    if (!task.isChanged) {
      task.isChanged = true;
      changed.add(task);
    }
    if (state == TracedState.RUNNING) {
      running = Optional.of(task);
    } else if (running.isPresent() && running.get() == task) {
      running = Optional.empty();
    }
  }

  private void call(TracedTask task, EventFields event) {
    task.call = event.word("call");
    task.calledAt = now;
    long to = event.value("to", -1);
    long message = 0;
    if (task.call.equalsIgnoreCase(SEND)) {
      messages++;
      task.message = messages;
      message = messages;
    } else if (task.call.equalsIgnoreCase(REPLY)) {
      message = find((int) to).map(sender -> sender.message).orElse(0L);
    }
    become(task, TracedState.IN_CALL, to);
    listener.called(task, now, event, message);
  }

  private void ready(TracedTask task, long result) {
    answered(task, result);
    become(task, TracedState.READY, -1);
  }

  private void returned(TracedTask task, long result) {
    task.isSeenFromOutside = true;
    answered(task, result);
    if (task.next != TracedState.RUNNING) {
      become(task, TracedState.READY, -1);
    }
  }

  private void answered(TracedTask task, long result) {
    if (task.message != 0) {
      TracedTask by = task.next.waitsForTask() ? tasks.getOrDefault(task.nextOn, task) : task;
      listener.replied(task, by, now);
      task.message = 0;
    }
    if (task.isInCall()) {
      listener.answered(task, now, result);
      task.call = "";
    }
  }

  private void dispatched(TracedTask task) {
    isIdle = false;
    become(task, TracedState.RUNNING, -1);
  }

  private void interrupted(int tid) {
    isIdle = false;
    TracedTask task = tasks.get(tid);
    if (task != null && task.next == TracedState.RUNNING) {
      become(task, TracedState.READY, -1);
    }
  }

  private void replyBlocked(TracedTask task, long by) {
    become(task, TracedState.REPLY_BLOCKED, by);
    find((int) by).ifPresent(receiver -> listener.received(task, receiver, now));
  }
}
