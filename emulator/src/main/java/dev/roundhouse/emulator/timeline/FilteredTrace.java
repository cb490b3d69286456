package dev.roundhouse.emulator.timeline;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;

/** Passes those events of a trace on that are wanted. */
public final class FilteredTrace implements TraceSink {
  private final TraceFilter filter;
  private final TraceSink onward;
  private final TaskFollower follower = new TaskFollower(new TimelineListener() {});
  private final EventFields event = new EventFields();

  /** Passes them to {@code onward}. */
  public FilteredTrace(TraceFilter filter, TraceSink onward) {
    this.filter = filter;
    this.onward = onward;
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent newEvent) {
    event.of(newEvent);
    String openCall = follower.find(event.tid()).map(task -> task.call).orElse("");
    follower.take(nanos, event);
    if (filter.wants(nanos, event, follower.find(event.tid()), openCall)) {
      onward.emit(nanos, newEvent);
    }
  }
}
