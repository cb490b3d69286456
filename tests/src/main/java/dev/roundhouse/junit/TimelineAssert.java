package dev.roundhouse.junit;

import dev.roundhouse.emulator.testing.Stamped;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what happened. */
public final class TimelineAssert extends AbstractAssert<TimelineAssert, TimelineView> {
  TimelineAssert(TimelineView timeline) {
    super(timeline, TimelineAssert.class);
  }

  /** Each of these events happened, in whatever order. */
  public TimelineAssert shows(Event... events) {
    isNotNull();
    for (Event event : events) {
      if (actual.times(event).isEmpty()) {
        failWithMessage("expected: %s; it never happened%s", event, forgotten());
      }
    }
    return this;
  }

  /** These events happened in this order, whatever else did in between. */
  public TimelineAssert showsInOrder(Event... events) {
    isNotNull();
    List<Stamped> all = actual.events();
    int at = 0;
    String before = "the start";
    for (Event event : events) {
      while (at < all.size() && !event.matches(all.get(at).event(), actual.line())) {
        at++;
      }
      if (at == all.size()) {
        failWithMessage("expected after %s: %s; it did not happen%s", before, event, forgotten());
      }
      before = "\"" + event + "\"";
      at++;
    }
    return this;
  }

  /** None of these events happened. */
  public TimelineAssert doesNotShow(Event... events) {
    isNotNull();
    for (Event event : events) {
      if (!actual.times(event).isEmpty()) {
        failWithMessage("expected never: %s; it happened at %s", event, actual.times(event));
      }
    }
    return this;
  }

  /** It happened so many times. */
  public TimelineAssert showsTimes(int count, Event event) {
    isNotNull();
    int present = actual.times(event).size();
    if (present != count) {
      failWithMessage(
          "expected %d times: %s; it happened %d times%s", count, event, present, forgotten());
    }
    return this;
  }

  private String forgotten() {
    return actual.isComplete() ? "" : " in what is remembered of this very long run";
  }
}
