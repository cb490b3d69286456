package dev.roundhouse.devices.train.event;

import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Where the parts of a train set report. Everything goes to the trace; accidents and misuse are
 * shown to the user as well, each once.
 */
public final class Journal {
  private static final String WHERE = "train set";

  /** So that a program that goes on and on does not fill the user's screen. */
  private static final int MOST_WARNINGS = 100;

  private final VirtualClock clock;
  private final TraceSink trace;
  private final Warnings warnings;
  private final LatestEvents latest = new LatestEvents();
  private final TreeSet<String> warned = new TreeSet<>();

  /** A journal of a machine's train set. */
  public Journal(VirtualClock clock, TraceSink trace, Warnings warnings) {
    this.clock = clock;
    this.trace = trace;
    this.warnings = warnings;
  }

  /** Whether anyone listens to the trace: ask before building an event that is for it alone. */
  public boolean isTraced() {
    return trace.isOn();
  }

  /** What was reported of late, for displays. */
  public LatestEvents latest() {
    return latest;
  }

  public void report(TrainEvent event) {
    if (trace.isOn()) {
      trace.emit(clock.nanos(), event);
    }
    switch (event) {
      case TrainEvent.SensorTriggered(String sensor, int train) ->
          latest.note(new SensorHit(clock.nanos(), sensor, train));
      case TrainEvent.TrainStalled(int train, String place) ->
          accident("train " + train + " stalls at " + place + ": it must be pushed");
      case TrainEvent.TrainsCollided(int train, int other, String place) ->
          accident("train " + train + " runs into train " + other + " at " + place);
      case TrainEvent.TrainDerailed(int train, int turnout) ->
          accident("train " + train + " derails: turnout " + turnout + " moved under it");
      case TrainEvent.TrainRanOff(int train, String end) ->
          accident("train " + train + " runs off the track's end " + end);
      case TrainEvent.Misused(Misuse what, String detail) -> warn(nameOf(what) + ": " + detail);
      default -> {
        // The rest is for the trace.
      }
    }
  }

  private void accident(String text) {
    latest.note(new Accident(clock.nanos(), text));
    warn(text);
  }

  public void misuse(Misuse what, String detail) {
    report(new TrainEvent.Misused(what, detail));
  }

  private static String nameOf(Misuse what) {
    return what.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void warn(String what) {
    if (warned.size() < MOST_WARNINGS && warned.add(what)) {
      warnings.warn(WHERE, what);
    }
  }
}
