package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.train.event.TrainEvent;
import java.util.function.LongConsumer;

/**
 * Breaks a train set's events down into numbers. Names enter by their hash, which is defined by the
 * documentation of strings; enums by their name's.
 */
record TrainDigest(LongConsumer numbers) {
  // What an event is: part of the file format.
  private static final int COMMAND = 101;
  private static final int MISUSED = 102;
  private static final int POWER = 103;
  private static final int SENSOR = 104;
  private static final int TURNOUT = 105;
  private static final int STUCK = 106;
  private static final int SPEED = 107;
  private static final int STOPPED = 108;
  private static final int DIRECTION = 109;
  private static final int STALLED = 110;
  private static final int COLLISION = 111;
  private static final int DERAILED = 112;
  private static final int RAN_OFF = 113;
  private static final int FAULT = 114;

  void add(TrainEvent event) {
    switch (event) {
      case TrainEvent.CommandTaken(String command) -> put(COMMAND, command, 0);
      case TrainEvent.Misused(var what, String detail) -> put(MISUSED, what.name(), text(detail));
      case TrainEvent.PowerSwitched(var power) -> put(POWER, power.name(), 0);
      case TrainEvent.SensorTriggered(String sensor, int train) -> put(SENSOR, sensor, train);
      case TrainEvent.TurnoutThrown(int turnout, var position) ->
          put(TURNOUT, position.name(), turnout);
      case TrainEvent.TurnoutStuck(int turnout) -> put(STUCK, "", turnout);
      case TrainEvent.SpeedChanging(int train, int level) -> {
        put(SPEED, "", train);
        numbers.accept(level);
      }
      case TrainEvent.TrainStopped(int train, String place) -> put(STOPPED, place, train);
      case TrainEvent.DirectionChanged(int train, String place) -> put(DIRECTION, place, train);
      case TrainEvent.TrainStalled(int train, String place) -> put(STALLED, place, train);
      case TrainEvent.TrainsCollided(int train, int other, String place) -> {
        put(COLLISION, place, train);
        numbers.accept(other);
      }
      case TrainEvent.TrainDerailed(int train, int turnout) -> {
        put(DERAILED, "", train);
        numbers.accept(turnout);
      }
      case TrainEvent.TrainRanOff(int train, String end) -> put(RAN_OFF, end, train);
      case TrainEvent.FaultChanged(String fault, String state) -> put(FAULT, fault, text(state));
    }
  }

  private static long text(String text) {
    return text.hashCode();
  }

  private void put(int kind, String text, long number) {
    numbers.accept(kind);
    numbers.accept(text(text));
    numbers.accept(number);
  }
}
