package dev.roundhouse.devices.train.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.devices.train.motion.Locomotive.Reached;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import dev.roundhouse.devices.train.motion.Measurement;
import dev.roundhouse.devices.train.motion.Measurement.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Drives each locomotive on Track A as those did who measured, and holds what they found against
 * what is simulated.
 */
class MeasuredTest {
  private static final double LAP_MM = 4894;
  private static final String HEAD =
      """
      | train | what | level | measured | simulated | source |
      | --- | --- | --- | --- | --- | --- |
      """;
  private static final Path DOCUMENT = Path.of("..", "docs", "trains.md");

  private static final LocomotiveCatalog OLDER = warm("locomotives.json");
  private static final LocomotiveCatalog NEWER = warm("locomotives-2026.json");

  /** Which locomotives the course had, and the track on which they are driven. */
  enum Years {
    UNTIL_2025,
    SINCE_2026;

    LocomotiveCatalog all() {
      return this == UNTIL_2025 ? OLDER : NEWER;
    }

    Stream<Driven> locomotives() {
      return all().all().stream().map(locomotive -> new Driven(this, locomotive));
    }
  }

  /** Nobody measures a train that is stuck, and most run warm. */
  private static LocomotiveCatalog warm(String name) {
    String file = "/dev/roundhouse/devices/train/" + name;
    try (InputStream in = LocomotiveCatalog.class.getResourceAsStream(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return LocomotiveCatalog.parse(
              file,
              text.replaceAll("\"warmUp\": *\\{[^}]*},", "")
                  .replace("\"deadZones\": {", "\"deadZones\": {\"stallChance\": 0, "))
          .mean();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A locomotive and its track. */
  record Driven(Years years, Locomotive locomotive) {
    int train() {
      return locomotive.address();
    }

    TrackBench standing() {
      TrackBench bench = years == Years.UNTIL_2025 ? TrackBench.trackA() : TrackBench.trackC();
      bench.locomotives = years.all();
      return bench.with(train(), "C13");
    }

    TrackBench running(int level) {
      TrackBench bench = standing();
      bench.speedHeard(train(), level);
      bench.seconds(30);
      return bench;
    }

    TrackBench runningFromAbove(int level) {
      TrackBench bench = running(Locomotive.TOP_LEVEL);
      bench.speedHeard(train(), level);
      bench.seconds(60);
      return bench;
    }

    @Override
    public String toString() {
      return "train " + train() + " " + years;
    }
  }

  static Stream<Driven> locomotives() {
    return Stream.of(Years.values()).flatMap(Years::locomotives);
  }

  /** What was measured in one way, by one or several. */
  private record Case(Quantity what, int level, int from, double seconds) {
    static Case of(Measurement measured) {
      return new Case(measured.what(), measured.level(), measured.from(), measured.seconds());
    }

    /** How far from the nearest measured value it may be, as a part of that. */
    double tolerance() {
      return switch (what) {
        case SPEED, SPEED_FROM_ABOVE -> 0.03;
        case STOP, STOP_FROM_ABOVE -> 0.07;
        case START, START_DISTANCE, LEVEL_CHANGE -> 0.10;
        case SHORT_MOVE -> 0.15;
      };
    }

    /** What nobody can read off a ruler or a clock. */
    double least() {
      return switch (what) {
        case SPEED, SPEED_FROM_ABOVE -> 0.1;
        case STOP, STOP_FROM_ABOVE -> 1;
        case START, START_DISTANCE, LEVEL_CHANGE -> 0.02;
        case SHORT_MOVE -> 4;
      };
    }

    boolean isInSeconds() {
      return what == Quantity.START
          || what == Quantity.START_DISTANCE
          || what == Quantity.LEVEL_CHANGE;
    }

    String text() {
      return switch (what) {
        case SPEED -> "speed, mm/s";
        case SPEED_FROM_ABOVE -> "speed from above, mm/s";
        case STOP -> "stop, mm";
        case STOP_FROM_ABOVE -> "stop from above, mm";
        case START -> "gaining speed, s";
        case START_DISTANCE -> "first mm, s";
        case LEVEL_CHANGE -> "from level " + from + ", s";
        case SHORT_MOVE -> String.format(Locale.ROOT, "stop after %s s, mm", seconds);
      };
    }
  }

  private static Map<Case, List<Measurement>> cases(Locomotive locomotive) {
    Map<Case, List<Measurement>> cases = new LinkedHashMap<>();
    for (Measurement measured : locomotive.measured()) {
      cases.computeIfAbsent(Case.of(measured), c -> new ArrayList<>()).add(measured);
    }
    return cases;
  }

  /** Of a start's distance the seconds are compared, of all else the values. */
  private static List<Double> values(Case of, Collection<Measurement> measured) {
    return measured.stream()
        .filter(one -> one.unused().isEmpty())
        .flatMap(one ->
            of.what == Quantity.START_DISTANCE ? Stream.of(one.seconds()) : one.values().stream())
        .sorted()
        .toList();
  }

  private static double simulated(Driven driven, Case of, List<Measurement> measured) {
    int train = driven.train();
    return switch (of.what) {
      case SPEED -> speed(driven.running(of.level), train);
      case SPEED_FROM_ABOVE -> speed(driven.runningFromAbove(of.level), train);
      case STOP -> stop(driven.running(of.level), train);
      case STOP_FROM_ABOVE -> stop(driven.runningFromAbove(of.level), train);
      case START -> secondsTo(driven.standing(), train, of.level);
      case LEVEL_CHANGE -> secondsTo(driven.running(of.from), train, of.level);
      case START_DISTANCE -> secondsFor(measured.getFirst().values().getFirst(), driven, of.level);
      case SHORT_MOVE -> shortMove(driven, of);
    };
  }

  /** Mean speed over a lap, or as much of it as a crawling train makes. */
  private static double speed(TrackBench bench, int train) {
    Place start = bench.train(train).pickUp();
    double seconds = 0.9 * LAP_MM / Math.max(bench.train(train).speed(), 50);
    bench.seconds(seconds);
    return bench.way(start, bench.train(train).pickUp()) / seconds;
  }

  private static double stop(TrackBench bench, int train) {
    bench.speedHeard(train, bench.train(train).level());
    Place before = bench.train(train).pickUp();
    bench.speed(train, 0);
    bench.untilStanding(train);
    return bench.way(before, bench.train(train).pickUp());
  }

  /** From when its speed begins to change until it has the new one. */
  private static double secondsTo(TrackBench bench, int train, int level) {
    double before = bench.train(train).speed();
    bench.speedHeard(train, level);
    double seconds = 0;
    double last = before;
    boolean changing = true;
    while (changing) {
      bench.seconds(0.01);
      double speed = bench.train(train).speed();
      boolean begins = speed != before;
      changing = !begins || Math.abs(speed - last) > 1e-9;
      seconds += begins && changing ? 0.01 : 0;
      last = speed;
    }
    return seconds;
  }

  private static double secondsFor(double mm, Driven driven, int level) {
    int train = driven.train();
    TrackBench bench = driven.standing();
    Place before = bench.train(train).pickUp();
    bench.speed(train, level);
    double seconds = 0;
    while (bench.way(before, bench.train(train).pickUp()) < mm) {
      bench.seconds(0.01);
      seconds += 0.01;
    }
    return seconds;
  }

  private static double shortMove(Driven driven, Case of) {
    int train = driven.train();
    TrackBench bench = driven.standing();
    Place before = bench.train(train).pickUp();
    bench.speed(train, of.level);
    bench.seconds(of.seconds);
    bench.speed(train, 0);
    bench.untilStanding(train);
    return bench.way(before, bench.train(train).pickUp());
  }

  @ParameterizedTest
  @MethodSource("locomotives")
  void everyLevelIsAsInTheLocomotivesFile(Driven driven) {
    Locomotive locomotive = driven.locomotive();
    int train = locomotive.address();
    for (int level = 1; level <= Locomotive.TOP_LEVEL; level++) {
      double below = locomotive.steadySpeed(level, Reached.FROM_BELOW);
      double stop = locomotive.stoppingDistance(level);
      String what = "train " + train + " at level " + level;
      assertThat(speed(driven.running(level), train)).as(what).isCloseTo(below, within(0.1));
      assertThat(stop(driven.running(level), train)).as(what).isCloseTo(stop, within(0.5));
    }
  }

  @Test
  void aColdLocomotiveBecomesFasterOverItsFirstLaps() {
    TrackBench bench = TrackBench.trackA().with(47, "C13");
    bench.speed(47, 11);
    bench.seconds(90);
    List<Double> laps = bench.times("E7");
    double first = LAP_MM / (laps.get(1) - laps.get(0));
    double last = LAP_MM / (laps.getLast() - laps.get(laps.size() - 2));
    assertThat(first).isBetween(425.0, 455.0);
    assertThat(last).isCloseTo(521, within(2.0));
  }

  @ParameterizedTest
  @EnumSource
  void everySourceIsMetAndTheDocumentedTableIsTheMeasuredOne(Years years) throws IOException {
    StringBuilder table = new StringBuilder(HEAD);
    List<String> missed = new ArrayList<>();
    years
        .locomotives()
        .forEach(driven ->
            cases(driven.locomotive())
                .forEach((of, measured) -> {
                  double simulated = simulated(driven, of, measured);
                  String row = row(driven.train(), of, measured, simulated);
                  table.append(row).append('\n');
                  if (!isNear(of, values(of, measured), simulated)) {
                    missed.add(row);
                  }
                }));
    Path file = Path.of("target", "trains-" + years + ".md");
    Files.writeString(file, table);
    assertThat(missed).as("further from every source than tolerated").isEmpty();
    assertThat(Files.readString(DOCUMENT))
        .as("docs/trains.md must contain devices/" + file)
        .contains(table);
  }

  /** Between the sources, or as near to one as is tolerated. */
  private static boolean isNear(Case of, List<Double> values, double simulated) {
    if (values.isEmpty()) {
      return true;
    }
    double low = values.getFirst() * (1 - of.tolerance()) - of.least();
    double high = values.getLast() * (1 + of.tolerance()) + of.least();
    return simulated > low && simulated < high;
  }

  private static String row(int train, Case of, List<Measurement> measured, double simulated) {
    List<Double> values = values(of, measured);
    String sources =
        measured.stream()
            .map(one ->
                one.source() + one.unused().map(why -> " (not used: " + why + ")").orElse(""))
            .distinct()
            .collect(Collectors.joining("; "));
    double first = measured.getFirst().values().getFirst();
    return String.format(
        Locale.ROOT,
        "| %d | %s | %d | %s | %s | %s |",
        train,
        of.what == Quantity.START_DISTANCE
            ? String.format(Locale.ROOT, "first %.0f mm, s", first)
            : of.text(),
        of.level,
        values.isEmpty() ? "-" : range(of, values),
        number(of, simulated),
        sources);
  }

  private static String range(Case of, List<Double> values) {
    String low = number(of, values.getFirst());
    String high = number(of, values.getLast());
    return low.equals(high) ? low : low + " to " + high;
  }

  private static String number(Case of, double value) {
    String format = of.isInSeconds() && value < 30 ? "%.2f" : value < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
