package dev.roundhouse.junit;

import dev.roundhouse.emulator.testing.Condition;
import dev.roundhouse.emulator.testing.EventCondition;
import dev.roundhouse.emulator.testing.Stamped;
import dev.roundhouse.emulator.testing.Timeline;
import java.time.Duration;
import java.util.List;

/** What happened in a machine, in order. */
public final class TimelineView {
  private final Machine machine;

  TimelineView(Machine machine) {
    this.machine = machine;
  }

  /** Whether a very long run has made it forget something. */
  public boolean isComplete() {
    return line().isComplete();
  }

  /** Everything that is remembered. */
  public List<Stamped> events() {
    return line().events();
  }

  /** The times at which such an event happened. */
  public List<Duration> times(Event event) {
    return events().stream()
        .filter(each -> event.matches(each.event(), line()))
        .map(each -> Duration.ofNanos(each.nanos()))
        .toList();
  }

  /** Such an event happens from now on. */
  public Condition shows(Event event) {
    Timeline line = line();
    return new EventCondition(line, event.toString(), each -> event.matches(each, line));
  }

  Timeline line() {
    return machine.bench().timeline();
  }
}
