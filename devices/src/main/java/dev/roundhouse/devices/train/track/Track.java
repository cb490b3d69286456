package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.text.SimilarNames;
import dev.roundhouse.devices.train.box.SensorModules;
import dev.roundhouse.devices.train.box.Trackside;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.event.TrainServices;
import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import dev.roundhouse.devices.train.motion.Body.Heading;
import dev.roundhouse.devices.train.motion.Drive;
import dev.roundhouse.devices.train.motion.Locomotive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A layout with trains on it, which act on what the box puts on the rails. */
public final class Track implements Trackside {
  private final TrainServices services;
  private final Layout layout;
  private final Turnouts turnouts;
  private final Sensors sensors;
  private final Occupancy occupancy;
  private final List<Double> speedFactors;
  private final TrackParts parts;
  private final SortedMap<Integer, Train> trains = new TreeMap<>();
  private Power power = Power.ON;
  private long poweredSince;
  private boolean isShorted;
  private int mostMoving = Integer.MAX_VALUE;

  /** A track without trains; turnouts are as the layout has them at the start. */
  public Track(TrainServices services, Layout layout, SensorModules modules) {
    this.services = services;
    this.layout = layout;
    turnouts = new Turnouts(layout, services);
    sensors = new Sensors(modules, services.journal());
    occupancy = new Occupancy(layout.sections());
    speedFactors = new ArrayList<>(Collections.nCopies(layout.sections(), 1.0));
    parts = new TrackParts(services, layout, turnouts, sensors, occupancy, speedFactors);
  }

  public Layout layout() {
    return layout;
  }

  /**
   * Puts a train on the track, standing, with its pick-up just past a sensor and heading on in that
   * sensor's direction.
   *
   * @param sensor its name, or its name and how many millimetres the pick-up is past it or before
   *     it, such as {@code C13+120} or {@code C13-40}
   * @throws DescriptionException if there is no such sensor or no room there, or the train is on
   *     the track already
   */
  public void place(Locomotive locomotive, String sensor) {
    int number = locomotive.address();
    if (trains.containsKey(number)) {
      throw new DescriptionException("train " + number + " is on the track already");
    }
    List<Span> spans = new Placement(layout, turnouts).of(locomotive, Spot.parse(sensor, this));
    for (Span span : spans) {
      occupancy.on(span.edge.section()).stream()
          .filter(other -> overlap(span.edge, locomotive.body().length(), other, span.behind))
          .findFirst()
          .ifPresent(other -> {
            throw new DescriptionException(
                "no room for train "
                    + number
                    + " at "
                    + sensor
                    + ": train "
                    + other.number()
                    + " stands there");
          });
    }
    Train train = new Train(locomotive, parts);
    train.putOn(spans);
    train.setCurrent(current());
    trains.put(number, train);
  }

  private static boolean overlap(Edge edge, double length, Train other, double behind) {
    double from = Math.max(0, behind - length);
    double to = Math.min(edge.lengthMm(), behind);
    return other.on(edge).filter(taken -> taken.from() < to && taken.to() > from).isPresent();
  }

  private Optional<Train> train(int number) {
    return Optional.ofNullable(trains.get(number));
  }

  /** All trains on the track by ascending number, as they are now. */
  public List<TrainView> trains() {
    long now = services.clock().nanos();
    return trains.values().stream().map(train -> train.view(now)).toList();
  }

  /** A train on the track, as it is now. */
  public Optional<TrainView> view(int number) {
    return train(number).map(train -> train.view(services.clock().nanos()));
  }

  public SortedMap<Integer, Position> turnouts() {
    return turnouts.all();
  }

  /** Puts a turnout by hand. */
  public void putTurnout(int turnout, Position position) {
    checkTurnout(turnout);
    turnouts.put(turnout, position);
  }

  @Override
  public void speed(int locomotive, int level, Light light) {
    train(locomotive).ifPresent(train -> train.command(level, light));
    heedLoad();
  }

  @Override
  public void reverse(int locomotive, Light light) {
    train(locomotive).ifPresent(train -> train.reverse(light));
  }

  @Override
  public void head(int locomotive, Heading heading, Turning turning) {
    train(locomotive).ifPresent(train -> train.head(heading, turning));
  }

  @Override
  public void halt(int locomotive) {
    train(locomotive).ifPresent(Train::halt);
  }

  @Override
  public void light(int locomotive, Light light) {
    train(locomotive).ifPresent(train -> train.setLight(light));
  }

  @Override
  public boolean has(int locomotive) {
    return trains.containsKey(locomotive);
  }

  @Override
  public void functions(int locomotive, int bits) {
    train(locomotive).ifPresent(train -> train.setFunctions(bits));
  }

  @Override
  public void throwTurnout(int turnout, Position position) {
    if (turnouts.move(turnout, position)) {
      trains.values().forEach(train -> train.turnoutMoved(turnout));
    }
  }

  @Override
  public long throwNanos(int turnout) {
    return turnouts.throwNanos(turnout);
  }

  @Override
  public void power(Power newPower) {
    if (newPower == power) {
      return;
    }
    if (newPower == Power.ON && isShorted) {
      tell("short-circuit", "the power does not stay on");
      return;
    }
    power = newPower;
    poweredSince = newPower == Power.ON ? services.clock().nanos() : Long.MAX_VALUE;
    services.journal().report(new TrainEvent.PowerSwitched(newPower));
    trains.values().forEach(train -> train.setCurrent(current()));
    heedLoad();
  }

  @Override
  public long poweredSince() {
    return poweredSince;
  }

  /** Something lies across the rails: the booster takes the power away, and again each time. */
  void setShorted(Power without) {
    isShorted = without == Power.OFF;
    if (isShorted && power == Power.ON) {
      tell("short-circuit", "the power goes off");
      power(Power.OFF);
    }
  }

  /** The booster bears so many trains that move at once. */
  void setMostMoving(int most) {
    mostMoving = most;
    heedLoad();
  }

  private void heedLoad() {
    if (mostMoving == Integer.MAX_VALUE || power == Power.OFF) {
      return;
    }
    long moving = trains.values().stream().filter(Train::isMoving).count();
    if (moving > mostMoving) {
      tell("overload", moving + " trains move: the power goes off");
      power(Power.OFF);
    }
  }

  private void tell(String fault, String what) {
    services.journal().report(new TrainEvent.FaultChanged(fault, what));
  }

  public Power power() {
    return power;
  }

  private Drive.Current current() {
    return power == Power.ON ? Drive.Current.ON : Drive.Current.OFF;
  }

  /** The faults of this track, to be switched on and off. */
  public TrackFaults faults() {
    return new TrackFaults(this);
  }

  /** Checks that the layout has such a turnout. */
  void checkTurnout(int turnout) {
    if (!layout.turnouts().contains(turnout)) {
      throw new DescriptionException(
          layout.name() + " has no turnout " + turnout + "; it has " + layout.turnouts());
    }
  }

  /** The node of a sensor that must exist. */
  Node sensorNode(String sensor) {
    return layout
        .node(sensor)
        .filter(node -> node.role() instanceof Role.Sensor)
        .orElseThrow(() ->
            new DescriptionException(layout.name() + " has no sensor " + sensor + alike(sensor)));
  }

  private String alike(String sensor) {
    String hint = SimilarNames.hint(sensor, layout.sensors());
    return hint.isEmpty()
        ? "; its first is " + layout.sensors().stream().findFirst().orElse("none")
        : hint;
  }

  Turnouts turnoutStates() {
    return turnouts;
  }

  Sensors sensors() {
    return sensors;
  }

  /** Sets the part of their speed at which trains run on an edge and its reverse. */
  void setSpeedFactor(Edge edge, double factor) {
    speedFactors.set(edge.section(), factor);
    trains.values().forEach(Train::heedTrack);
  }

  /** Sets the part of its speed at which a train runs. */
  void setSpeedFactor(int number, double factor) {
    train(number).ifPresent(train -> train.setFactor(factor));
  }
}
