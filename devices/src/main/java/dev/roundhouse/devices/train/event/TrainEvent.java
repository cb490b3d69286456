package dev.roundhouse.devices.train.event;

import dev.roundhouse.devices.text.Words;
import dev.roundhouse.devices.trace.EventVisitor;
import dev.roundhouse.devices.trace.TraceEvent;

/** What a train set reports. Trains are named by their locomotive's address. */
public sealed interface TrainEvent extends TraceEvent {
  /** The interface box acts on a command. */
  record CommandTaken(String command) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("box-command").text("command", command);
    }
  }

  /** A program did what the real train set does not forgive. */
  record Misused(Misuse what, String detail) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("misused").text("rule", Words.of(what)).text("detail", detail);
    }
  }

  /** Track power was switched. */
  record PowerSwitched(Power power) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("track-power").text("power", Words.of(power));
    }
  }

  /** Whether the track has power. */
  enum Power {
    /** After go. */
    ON,
    /** After stop. */
    OFF
  }

  /**
   * A train's pick-up reached a sensor, or its contact closed by itself ({@link SensorHit#NOBODY});
   * it is latched.
   */
  record SensorTriggered(String sensor, int train) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("sensor").text("sensor", sensor).number("train", train);
    }
  }

  /** A turnout has moved. */
  record TurnoutThrown(int turnout, Position position) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("turnout").number("turnout", turnout).text("to", Words.of(position));
    }
  }

  /** A turnout did not move though it was told to. */
  record TurnoutStuck(int turnout) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("turnout-stuck").number("turnout", turnout);
    }
  }

  /** A locomotive starts from standstill or changes its speed. */
  record SpeedChanging(int train, int level) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("speed").number("train", train).number("level", level);
    }
  }

  /** A train has come to a standstill. */
  record TrainStopped(int train, String place) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("train-stopped").number("train", train).text("at", place);
    }
  }

  /** A locomotive turned round its direction. */
  record DirectionChanged(int train, String place) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("direction").number("train", train).text("at", place);
    }
  }

  /** A train stands without current and must be pushed. */
  record TrainStalled(int train, String place) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("train-stalled").number("train", train).text("at", place);
    }
  }

  /** Two trains ran into each other. */
  record TrainsCollided(int train, int other, String place) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("collision").number("train", train).text("at", place).number("other", other);
    }
  }

  /** A turnout moved under a train. */
  record TrainDerailed(int train, int turnout) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("derailed").number("train", train).number("turnout", turnout);
    }
  }

  /** A train ran off an end of the track. */
  record TrainRanOff(int train, String end) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("ran-off").number("train", train).text("at", end);
    }
  }

  /**
   * A fault of the fault plan begins, strikes or ends.
   *
   * @param fault such as {@code dead-sensor C13}
   * @param state {@code begins}, {@code ends}, or what it has just done
   */
  record FaultChanged(String fault, String state) implements TrainEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("fault").text("fault", fault).text("state", state);
    }
  }
}
