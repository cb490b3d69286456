package dev.roundhouse.junit;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.track.TrackDistance;
import dev.roundhouse.devices.train.track.TrainState;
import dev.roundhouse.emulator.testing.Condition;
import dev.roundhouse.emulator.testing.EventCondition;
import dev.roundhouse.emulator.testing.TrainAtRest;
import java.time.Duration;

/** A train on the track, as it is whenever it is asked. */
public final class TrainView {
  private final Machine machine;
  private final int number;

  TrainView(Machine machine, int number) {
    this.machine = machine;
    this.number = number;
  }

  /** Its locomotive's address. */
  public int number() {
    return number;
  }

  /** Its speed in mm/s. */
  public double speed() {
    return now().speed();
  }

  /** The speed level that it was last told, 0 to 14. */
  public int level() {
    return now().level();
  }

  /** How it is: on the track, or what happened to it. */
  public TrainState state() {
    return now().state();
  }

  /** Whether it moves. */
  public boolean isMoving() {
    return speed() > 0;
  }

  /**
   * How far its pick-up is from a sensor, in millimetres along the track, on whichever side.
   *
   * @throws IllegalArgumentException if there is no such sensor, or no way there
   */
  public double distanceTo(String sensor) {
    var track = machine.trains().track();
    Node node =
        track
            .layout()
            .node(sensor)
            .orElseThrow(() ->
                new IllegalArgumentException(track.layout().name() + " has no place " + sensor));
    return new TrackDistance(track.layout())
        .between(now().pickUp(), node)
        .orElseThrow(
            () -> new IllegalArgumentException("no way leads from " + place() + " to " + sensor));
  }

  /** Where its pick-up is, such as {@code C13+12 mm}. */
  public String place() {
    return now().pickUp().toString();
  }

  private dev.roundhouse.devices.train.track.TrainView now() {
    return machine
        .trains()
        .track()
        .view(number)
        .orElseThrow(() -> new DescriptionException("train " + number + " is not on the track"));
  }

  /**
   * It has moved since now and has come to rest: it has stood still for two seconds. One that
   * stands already has to move first.
   */
  public Condition isStationary() {
    return isStationaryFor(TrainAtRest.USUAL);
  }

  /** The same with another time for which it must have stood still. */
  public Condition isStationaryFor(Duration rest) {
    return new TrainAtRest(machine.bench(), number, rest);
  }

  /** Its pick-up reaches a sensor from now on. */
  public Condition passes(String sensor) {
    return new EventCondition(
        machine.bench().timeline(),
        this + " passes " + sensor,
        new TrainEvent.SensorTriggered(sensor, number)::equals);
  }

  /** How it is, in a sentence. */
  String describe() {
    return TrainAtRest.describe(now());
  }

  @Override
  public String toString() {
    return "train " + number;
  }
}
