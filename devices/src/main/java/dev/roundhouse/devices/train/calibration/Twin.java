package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.calibration.Transcript.Closing;
import dev.roundhouse.devices.train.calibration.Transcript.Sent;
import dev.roundhouse.devices.train.event.SensorHit;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A recorded session beside its twin: a simulation that is sent the same bytes or frames at the
 * same times. Contacts that closed within a tolerance of one another in both are the same.
 */
public final class Twin {
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Row> rows;
  private final List<String> accidents;

  private Twin(List<Row> rows, List<String> accidents) {
    this.rows = rows;
    this.accidents = accidents;
  }

  /**
   * A contact that closed in one of the two, or in both.
   *
   * @param sensor its name, or both when it sees both directions
   * @param train who closed it in the simulation
   */
  public record Row(
      String sensor, OptionalInt train, Optional<Time> recorded, Optional<Time> simulated) {
    /** How much later the simulation was, in seconds, if both have it. */
    public Optional<Double> difference() {
      return recorded.flatMap(one -> simulated.map(other -> other.seconds - one.seconds));
    }

    /** When it closed first, in seconds. */
    double earliest() {
      return Math.min(
          recorded.map(Time::seconds).orElse(Double.MAX_VALUE),
          simulated.map(Time::seconds).orElse(Double.MAX_VALUE));
    }
  }

  /** A time in seconds, and by how much it may be wrong either way. */
  public record Time(double seconds, double doubt) {}

  /**
   * Lets a simulation hear what was recorded.
   *
   * @param tolerance in seconds
   * @throws dev.roundhouse.devices.file.DescriptionException if the plan cannot be
   */
  public static Twin of(Transcript recorded, TrainSetPlan plan, double tolerance) {
    List<Hit> hits = new ArrayList<>();
    List<String> accidents = new ArrayList<>();
    Simulation simulation = new Simulation(plan, recorded.box(), new Hits(hits, accidents));
    for (Sent sent : recorded.sent()) {
      simulation.advanceTo(sent.nanos() - sent.takesNanos());
      simulation.send(sent);
    }
    simulation.advanceTo(recorded.endNanos() + Math.round(tolerance * NANOS_PER_SECOND));
    Matching matching = new Matching(plan.layout(), hits, tolerance);
    return new Twin(matching.rows(recorded, simulation.heard().closings()), List.copyOf(accidents));
  }

  /** A sensor that a train hit. */
  private record Hit(long nanos, String sensor, int train) {}

  private record Hits(List<Hit> hits, List<String> accidents) implements TraceSink {
    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public void emit(long nanos, TraceEvent event) {
      switch (event) {
        case TrainEvent.SensorTriggered(String sensor, int train) ->
            hits.add(new Hit(nanos, sensor, train));
        case TrainEvent.TrainsCollided(int train, int other, String place) ->
            tell(nanos, "trains " + train + " and " + other + " collide at " + place);
        case TrainEvent.TrainDerailed(int train, int turnout) ->
            tell(nanos, "turnout " + turnout + " moves under train " + train);
        case TrainEvent.TrainRanOff(int train, String end) ->
            tell(nanos, "train " + train + " runs off the track at " + end);
        case TrainEvent.TrainStalled(int train, String place) ->
            tell(nanos, "train " + train + " stalls at " + place);
        default -> {
          // It leaves the trains where they are.
        }
      }
    }

    private void tell(long nanos, String what) {
      accidents.add(String.format(Locale.ROOT, "at %.3f s %s", nanos / NANOS_PER_SECOND, what));
    }
  }

  private record Matching(Layout layout, List<Hit> hits, double tolerance) {
    List<Row> rows(Transcript recorded, List<Closing> simulated) {
      List<Closing> left = new ArrayList<>(simulated);
      List<Row> rows = new ArrayList<>();
      for (Closing closing : recorded.closings()) {
        Optional<Closing> same =
            left.stream()
                .filter(other -> isOfSame(closing, other))
                .filter(other -> Math.abs(time(other).seconds - closing.seconds()) <= tolerance)
                .findFirst();
        same.ifPresent(left::remove);
        rows.add(row(Optional.of(closing), same));
      }
      double end = recorded.endNanos() / NANOS_PER_SECOND - tolerance;
      left.stream()
          .filter(other -> time(other).seconds < end)
          .forEach(other -> rows.add(row(Optional.empty(), Optional.of(other))));
      rows.sort(Comparator.comparingDouble(Row::earliest));
      return rows;
    }

    private static boolean isOfSame(Closing one, Closing other) {
      return one.module() == other.module() && one.contact() == other.contact();
    }

    private Row row(Optional<Closing> recorded, Optional<Closing> simulated) {
      Optional<Hit> hit = simulated.flatMap(this::hit);
      return new Row(
          name(recorded.or(() -> simulated).orElseThrow()),
          hit.filter(it -> it.train != SensorHit.NOBODY)
              .map(it -> OptionalInt.of(it.train))
              .orElse(OptionalInt.empty()),
          recorded.map(closing -> new Time(closing.seconds(), closing.doubtSeconds())),
          simulated.map(this::time));
    }

    /** The simulation knows better than its line when a contact closed. */
    private Time time(Closing closing) {
      return hit(closing)
          .map(hit -> new Time(hit.nanos / NANOS_PER_SECOND, 0))
          .orElseGet(() -> new Time(closing.seconds(), closing.doubtSeconds()));
    }

    private Optional<Hit> hit(Closing closing) {
      List<String> names = names(closing);
      return hits.stream()
          .filter(hit -> hit.nanos > closing.after() && hit.nanos <= closing.by())
          .filter(hit -> names.contains(hit.sensor))
          .findFirst();
    }

    private List<String> names(Closing closing) {
      return layout.nodes().stream()
          .filter(node -> node.role().equals(new Role.Sensor(closing.module(), closing.contact())))
          .map(Node::name)
          .toList();
    }

    private String name(Closing closing) {
      List<String> names = names(closing);
      return names.isEmpty()
          ? "module " + closing.module() + " contact " + closing.contact()
          : names.stream().collect(Collectors.joining("/"));
    }
  }

  /** All contacts that closed, in the order of time. */
  public List<Row> rows() {
    return rows;
  }

  /** The first contact that closed in one of the two only. */
  public Optional<Row> parting() {
    return rows.stream().filter(row -> row.difference().isEmpty()).findFirst();
  }

  /** What went wrong in the simulation, with its time. */
  public List<String> accidents() {
    return accidents;
  }
}
