package dev.roundhouse.devices.train.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.box.SensorModules;
import dev.roundhouse.devices.train.box.Trackside.Light;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.event.TrainServices;
import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A track on a bench: what happens on it is written down with its time. */
final class TrackBench implements TraceSink {
  static final long SECOND = 1_000_000_000;
  private static final long LONGEST_STOP = 60 * SECOND;
  private static final double LONGEST_WAY_MM = 1e6;
  private static final int MOST_WAKE_UPS = 1_000_000;

  record Timed(long nanos, TraceEvent event) {}

  final VirtualClock clock = new VirtualClock();
  final Agenda agenda = new Agenda();
  final List<Timed> events = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final SensorModules modules = new SensorModules();
  final Track track;
  LocomotiveCatalog locomotives;
  final TrainServices services;

  TrackBench(Layout layout, long seed) {
    services =
        new TrainServices(
            clock,
            agenda,
            new Journal(clock, this, (where, what) -> warnings.add(what)),
            new SplittableRandom(seed));
    track = new Track(services, layout, modules);
    locomotives = LocomotiveCatalog.shipped(layout.box()).mean();
  }

  static TrackBench trackA() {
    return new TrackBench(Layout.trackA(), 1);
  }

  static TrackBench trackC() {
    return new TrackBench(Layout.trackC(), 1);
  }

  TrackBench with(int train, String sensor) {
    track.place(locomotives.get(train), sensor);
    return this;
  }

  void speed(int train, int level) {
    track.speed(train, level, Light.OFF);
  }

  /** The same, but not while a turnout's dead zone keeps the train from hearing it. */
  void speedHeard(int train, int level) {
    while (train(train).speed() > 0
        && Path.turnoutAt(train(train).pickUp().edge().from()).isPresent()
        && train(train).pickUp().mm() < Mark.DEAD_ZONE_MM) {
      seconds(0.01);
    }
    speed(train, level);
  }

  void reverse(int train) {
    track.reverse(train, Light.OFF);
  }

  TrainView train(int number) {
    return track.view(number).orElseThrow();
  }

  void advanceTo(long nanos) {
    int wakeUps = 0;
    while (agenda.nextNanos() <= nanos) {
      assertThat(++wakeUps).as("events up to %d ns", nanos).isLessThan(MOST_WAKE_UPS);
      clock.advanceTo(Math.max(clock.nanos(), agenda.nextNanos()));
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(nanos);
  }

  void seconds(double seconds) {
    advanceTo(clock.nanos() + Math.round(seconds * SECOND));
  }

  /** Lets time pass until a train stands. */
  void untilStanding(int train) {
    long latest = clock.nanos() + LONGEST_STOP;
    do {
      seconds(0.1);
      assertThat(clock.nanos()).as("train %d stands at last", train).isLessThan(latest);
    } while (train(train).speed() > 0);
  }

  List<String> sensors() {
    return events.stream()
        .map(Timed::event)
        .filter(TrainEvent.SensorTriggered.class::isInstance)
        .map(event -> ((TrainEvent.SensorTriggered) event).sensor())
        .toList();
  }

  <T extends TrainEvent> List<T> all(Class<T> kind) {
    return events.stream().map(Timed::event).filter(kind::isInstance).map(kind::cast).toList();
  }

  /** When a sensor was triggered, each time, in seconds. */
  List<Double> times(String sensor) {
    return events.stream()
        .filter(timed ->
            timed.event() instanceof TrainEvent.SensorTriggered(String name, int train)
                && name.equals(sensor))
        .map(timed -> timed.nanos() / 1e9)
        .toList();
  }

  /** Millimetres from one place on to another as the turnouts are. */
  double way(Place from, Place to) {
    if (from.edge().equals(to.edge()) && to.mm() >= from.mm()) {
      return to.mm() - from.mm();
    }
    double mm = from.edge().lengthMm() - from.mm();
    Edge edge = next(from.edge().to());
    while (!edge.equals(to.edge())) {
      assertThat(mm).as("way from %s to %s", from, to).isLessThan(LONGEST_WAY_MM);
      mm += edge.lengthMm();
      edge = next(edge.to());
    }
    return mm + to.mm();
  }

  private Edge next(Node node) {
    var position =
        node.role() instanceof Role.Branch(int turnout)
            ? track.turnouts().get(turnout)
            : Position.STRAIGHT;
    return track.layout().leaving(node, position).orElseThrow();
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent event) {
    events.add(new Timed(nanos, event));
  }
}
