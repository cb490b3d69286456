package dev.roundhouse.emulator.testing;

import dev.roundhouse.devices.trace.TraceEvent;
import java.util.function.Predicate;

/** That something happens, from the moment on in which this is made. */
public final class EventCondition implements Condition {
  private final Timeline timeline;
  private final String text;
  private final Predicate<TraceEvent> wanted;
  private long seen;
  private boolean hasHappened;

  /**
   * Waits for an event.
   *
   * @param text what is waited for
   */
  public EventCondition(Timeline timeline, String text, Predicate<TraceEvent> wanted) {
    this.timeline = timeline;
    this.text = text;
    this.wanted = wanted;
    seen = timeline.count();
  }

  @Override
  public boolean holds() {
    if (!hasHappened && seen < timeline.count()) {
      hasHappened = timeline.eventsFrom(seen).stream().anyMatch(each -> wanted.test(each.event()));
      seen = timeline.count();
    }
    return hasHappened;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public String present() {
    return "it did not happen";
  }

  @Override
  public boolean mayHoldAfter(TraceEvent event) {
    return wanted.test(event);
  }
}
