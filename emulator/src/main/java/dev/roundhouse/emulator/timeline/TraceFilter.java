package dev.roundhouse.emulator.timeline;

import java.util.Optional;

/**
 * Which events of a trace are wanted.
 *
 * @param task a tid or a program's name; of all tasks, and of devices, if empty
 * @param call the name of a system call; all events if empty
 * @param from virtual nanoseconds, the first that are wanted
 * @param to the last
 */
public record TraceFilter(Optional<String> task, Optional<String> call, long from, long to) {
  /**
   * Whether an event is.
   *
   * @param about whom it is about
   * @param openCall what that task had called before it; empty for nothing
   */
  boolean wants(long nanos, EventFields event, Optional<TracedTask> about, String openCall) {
    return nanos >= from
        && nanos <= to
        && (task.isEmpty() || about.filter(this::isWanted).isPresent())
        && (call.isEmpty() || isOfCall(event, openCall));
  }

  private boolean isWanted(TracedTask one) {
    return one.name.equals(task.orElseThrow())
        || Integer.toString(one.tid()).equals(task.orElseThrow());
  }

  private boolean isOfCall(EventFields event, String openCall) {
    String about = event.name().equals("call") ? event.word("call") : openCall;
    return (event.name().equals("call") || isAnswer(event)) && about.equals(call.orElseThrow());
  }

  /** Whether a task that was in a call has its result. */
  static boolean isAnswer(EventFields event) {
    return event.name().equals("ready") || event.name().equals("returned");
  }
}
