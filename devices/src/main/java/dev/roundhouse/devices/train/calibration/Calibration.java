package dev.roundhouse.devices.train.calibration;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.train.calibration.Figures.Kind;
import dev.roundhouse.devices.train.calibration.Tracking.Ride;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What locomotives do, estimated from a {@link Transcript}. */
public final class Calibration {
  /** Fewer sections tell nothing. */
  private static final int FEWEST_SECTIONS = 5;

  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Train> trains;
  private final int closings;
  private final int unexplained;

  private Calibration(List<Train> trains, int closings, int unexplained) {
    this.trains = trains;
    this.closings = closings;
    this.unexplained = unexplained;
  }

  /**
   * A figure, with the bounds between which it is with a probability of 95 %.
   *
   * @param isSeen whether the recording says anything about it; else it is what locomotives like
   *     this one have
   */
  public record Figure(double value, double low, double high, boolean isSeen) {
    /** How far the further bound is from the value, as a part of it. */
    public double spread() {
      return Math.max(high - value, value - low) / value;
    }
  }

  /**
   * What a level does.
   *
   * @param speed reached from below, mm/s
   * @param fromAbove reached from above, mm/s
   * @param acceleration from standstill, mm/s^2 as a mean
   * @param stop from its speed to standstill, mm
   * @param runs how often the train was told this level
   */
  public record Level(
      int level, int runs, Figure speed, Figure fromAbove, Figure acceleration, Figure stop) {
    /** Whether the recording says anything about it. */
    public boolean isSeen() {
      return speed.isSeen() || fromAbove.isSeen();
    }

    /** Seconds from standstill to its speed. */
    public double startSeconds() {
      return speed.value() / acceleration.value();
    }

    /** Seconds from its speed to standstill: twice what the distance takes at the speed. */
    public double stopSeconds() {
      return 2 * stop.value() / speed.value();
    }
  }

  /**
   * A locomotive.
   *
   * @param sections of track between contacts on which the figures rest
   * @param strange sections that fit no figures; they are left out
   * @param seconds from its first to its last contact
   */
  public record Train(
      int address,
      List<Level> levels,
      int sections,
      int strange,
      double seconds,
      List<Double> figures) {
    private double[] vector() {
      return figures.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /**
   * Estimates what all trains do that a line has driven enough.
   *
   * @param places the sensors past which trains stand at the start, by train: needed when several
   *     start at once
   * @throws DescriptionException if the layout has no such sensor
   */
  public static Calibration of(Transcript transcript, Layout layout, Map<Integer, String> places) {
    SortedMap<Integer, Node> nodes = new TreeMap<>();
    places.forEach((train, sensor) ->
        nodes.put(
            train,
            layout
                .node(sensor)
                .filter(node -> node.role() instanceof Role.Sensor)
                .orElseThrow(
                    () -> new DescriptionException(layout.name() + " has no sensor " + sensor))));
    Tracking tracking = Tracking.of(transcript, layout, nodes);
    List<Train> trains =
        tracking.rides().stream()
            .filter(ride -> ride.sections().size() >= FEWEST_SECTIONS)
            .map(Calibration::train)
            .toList();
    return new Calibration(trains, transcript.closings().size(), tracking.unexplained());
  }

  private static Train train(Ride ride) {
    Fit fit = Fit.of(ride);
    List<Level> levels = new ArrayList<>();
    for (int level = 1; level <= Figures.LEVELS; level++) {
      levels.add(
          new Level(
              level,
              ride.runs(level),
              figure(fit, Kind.SPEED, level),
              figure(fit, Kind.FROM_ABOVE, level),
              figure(fit, Kind.ACCELERATION, level),
              figure(fit, Kind.STOP, level)));
    }
    long begun = ride.sections().getFirst().from().by();
    long ended = ride.sections().getLast().to().by();
    return new Train(
        ride.train(),
        List.copyOf(levels),
        fit.sections(),
        fit.strange(),
        (ended - begun) / NANOS_PER_SECOND,
        Arrays.stream(fit.figures()).boxed().toList());
  }

  private static Figure figure(Fit fit, Kind kind, int level) {
    int index = Figures.index(kind, level);
    double width =
        kind == Kind.FROM_ABOVE
            ? fit.halfWidth(index, Figures.index(Kind.SPEED, level))
            : fit.halfWidth(index);
    double value = Figures.value(kind, level, fit.figures());
    return new Figure(value, value * Math.exp(-width), value * Math.exp(width), fit.isSeen(index));
  }

  /** The locomotives by ascending address; none when nothing was driven that can be followed. */
  public List<Train> trains() {
    return trains;
  }

  /** How often contacts closed. */
  public int closings() {
    return closings;
  }

  /** How often nobody can say which train closed one. */
  public int unexplained() {
    return unexplained;
  }

  /**
   * A locomotives' file (docs/train-files.md).
   *
   * @param source where the figures come from
   */
  public String document(String source) {
    return trains.stream()
            .map(train -> Figures.decoder(train.address, train.vector(), source))
            .collect(Collectors.joining(",\n", "{\n  \"decoders\": [\n", "\n  ],\n"))
        + trains.stream()
            .map(train ->
                Figures.entry(train.address, train.vector(), source, measured(train, source)))
            .collect(Collectors.joining(",\n", "  \"locomotives\": [\n", "\n  ]\n}\n"));
  }

  private static String measured(Train train, String source) {
    String words = source + ": low end, estimate and high end of an interval of 95 %";
    List<String> all = new ArrayList<>();
    for (Level level : train.levels) {
      add(all, "speed", level.level, level.speed, words);
      add(all, "speed-from-above", level.level, level.fromAbove, words);
      Figure seconds = seconds(level);
      add(all, "start", level.level, seconds, words);
      add(all, "stop", level.level, level.stop, words);
    }
    return all.isEmpty()
        ? ""
        : all.stream()
            .collect(
                Collectors.joining(
                    ",\n        ", "      \"measured\": [\n        ", "\n      ],\n"));
  }

  private static Figure seconds(Level level) {
    Figure gain = level.acceleration;
    double speed = level.speed.value;
    return new Figure(speed / gain.value, speed / gain.high, speed / gain.low, gain.isSeen);
  }

  private static void add(List<String> all, String what, int level, Figure figure, String source) {
    if (figure.isSeen) {
      JsonObject entry = new JsonObject();
      entry.addProperty("what", what);
      entry.addProperty("level", level);
      JsonArray values = new JsonArray();
      for (double value : new double[] {figure.low, figure.value, figure.high}) {
        values.add(BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN));
      }
      entry.add("values", values);
      entry.addProperty("source", source);
      all.add(entry.toString());
    }
  }
}
