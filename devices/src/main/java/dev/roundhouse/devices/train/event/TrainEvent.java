package dev.roundhouse.devices.train.event;

import dev.roundhouse.devices.trace.TraceEvent;

/** What a train set reports. Trains are named by their locomotive's address. */
public sealed interface TrainEvent extends TraceEvent {
  /** The interface box acts on a command. */
  record CommandTaken(String command) implements TrainEvent {}

  /** A program did what the real train set does not forgive. */
  record Misused(Misuse what, String detail) implements TrainEvent {}

  /** Track power was switched. */
  record PowerSwitched(Power power) implements TrainEvent {}

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
  record SensorTriggered(String sensor, int train) implements TrainEvent {}

  /** A turnout has moved. */
  record TurnoutThrown(int turnout, Position position) implements TrainEvent {}

  /** A turnout did not move though it was told to. */
  record TurnoutStuck(int turnout) implements TrainEvent {}

  /** A locomotive starts from standstill or changes its speed. */
  record SpeedChanging(int train, int level) implements TrainEvent {}

  /** A train has come to a standstill. */
  record TrainStopped(int train, String place) implements TrainEvent {}

  /** A locomotive turned round its direction. */
  record DirectionChanged(int train, String place) implements TrainEvent {}

  /** A train stands without current and must be pushed. */
  record TrainStalled(int train, String place) implements TrainEvent {}

  /** Two trains ran into each other. */
  record TrainsCollided(int train, int other, String place) implements TrainEvent {}

  /** A turnout moved under a train. */
  record TrainDerailed(int train, int turnout) implements TrainEvent {}

  /** A train ran off an end of the track. */
  record TrainRanOff(int train, String end) implements TrainEvent {}

  /**
   * A fault of the fault plan begins, strikes or ends.
   *
   * @param fault such as {@code dead-sensor C13}
   * @param state {@code begins}, {@code ends}, or what it has just done
   */
  record FaultChanged(String fault, String state) implements TrainEvent {}
}
