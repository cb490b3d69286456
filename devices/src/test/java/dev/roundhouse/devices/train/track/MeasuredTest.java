package dev.roundhouse.devices.train.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.devices.train.motion.Locomotive.Reached;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Drives each locomotive on Track A as those did who measured: speeds by the time between sensors,
 * stopping distances on the track.
 */
class MeasuredTest {
  private static final double LAP_MM = 4894;
  private static final double SPEED_TOLERANCE = 0.02;
  private static final double STOP_TOLERANCE = 0.05;
  private static final String HEAD =
      """
      | train | level | measured mm/s | simulated | measured stop mm | simulated |
      | --- | --- | --- | --- | --- | --- |
      """;
  private static final Path DOCUMENT = Path.of("..", "docs", "trains.md");

  /** Which locomotives the course had, and the track on which they are driven. */
  enum Years {
    UNTIL_2025("locomotives.json"),
    SINCE_2026("locomotives-2026.json");

    private final String file;

    Years(String file) {
      this.file = "/dev/roundhouse/devices/train/" + file;
    }

    Stream<Driven> locomotives() {
      return withoutStalls().all().stream().map(locomotive -> new Driven(this, locomotive));
    }

    TrackBench bench() {
      TrackBench bench = this == UNTIL_2025 ? TrackBench.trackA() : TrackBench.trackC();
      bench.locomotives = withoutStalls();
      return bench;
    }

    /** Nobody measures a train that is stuck. */
    private LocomotiveCatalog withoutStalls() {
      try (InputStream in = LocomotiveCatalog.class.getResourceAsStream(file)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return LocomotiveCatalog.parse(
            file, text.replace("\"deadZones\": {", "\"deadZones\": {\"stallChance\": 0, "));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  record Driven(Years years, Locomotive locomotive) {
    @Override
    public String toString() {
      return "train " + locomotive.address() + " " + years;
    }
  }

  static Stream<Driven> locomotives() {
    return Stream.of(Years.values()).flatMap(Years::locomotives);
  }

  record Run(int level, double speedFromBelow, double speedFromAbove, double stop) {}

  private static TrackBench warm(Years years, int train) {
    TrackBench bench = years.bench();
    bench.with(train, "C13").speed(train, 11);
    bench.seconds(90);
    bench.speedHeard(train, 0);
    bench.untilStanding(train);
    return bench;
  }

  /** Mean speed over laps, long enough that a crawling train makes one. */
  private static double speed(TrackBench bench, int train, double expected) {
    Place start = bench.train(train).pickUp();
    double seconds = 0.9 * LAP_MM / Math.max(expected, 50);
    bench.seconds(seconds);
    return bench.way(start, bench.train(train).pickUp()) / seconds;
  }

  private static Run run(Driven driven, int level) {
    Locomotive locomotive = driven.locomotive();
    int train = locomotive.address();
    TrackBench bench = warm(driven.years(), train);
    bench.speedHeard(train, level);
    bench.seconds(15);
    double below = speed(bench, train, locomotive.steadySpeed(level, Reached.FROM_BELOW));
    bench.speedHeard(train, level);
    Place before = bench.train(train).pickUp();
    bench.speed(train, 0);
    bench.untilStanding(train);
    double stop = bench.way(before, bench.train(train).pickUp());
    bench.speedHeard(train, 14);
    bench.seconds(15);
    bench.speedHeard(train, level);
    bench.seconds(60);
    double above = speed(bench, train, locomotive.steadySpeed(level, Reached.FROM_ABOVE));
    return new Run(level, below, above, stop);
  }

  @ParameterizedTest
  @MethodSource("locomotives")
  void speedsAreWithinTwoPerCentAndStoppingDistancesWithinFive(Driven driven) {
    Locomotive locomotive = driven.locomotive();
    for (int level = 1; level <= Locomotive.TOP_LEVEL; level++) {
      Run run = run(driven, level);
      double below = locomotive.steadySpeed(level, Reached.FROM_BELOW);
      double above = locomotive.steadySpeed(level, Reached.FROM_ABOVE);
      String what = "train " + locomotive.address() + " at level " + level;
      assertThat(run.speedFromBelow()).as(what).isCloseTo(below, within(SPEED_TOLERANCE * below));
      if (level < Locomotive.TOP_LEVEL) {
        assertThat(run.speedFromAbove()).as(what).isCloseTo(above, within(SPEED_TOLERANCE * above));
      }
      double stop = locomotive.stoppingDistance(level);
      assertThat(run.stop()).as(what).isCloseTo(stop, within(STOP_TOLERANCE * stop));
    }
  }

  /** Distances for a delay from go to stop at level 7 (trevoryao/cs452-kernel, speed-data.c). */
  @ParameterizedTest
  @CsvSource({
    "24, 2.0, 270", "24, 3.0, 440", "24, 4.0, 600", "24, 5.75, 900",
    "58, 2.0, 250", "58, 3.0, 400", "58, 4.0, 555", "58, 5.75, 810",
    "77, 2.0, 270", "77, 3.0, 440", "77, 4.0, 620", "77, 5.75, 980"
  })
  void shortMovesAreNearTheMeasuredOnes(int train, double seconds, double measured) {
    TrackBench bench = TrackBench.trackA().with(train, "C13");
    Place before = bench.train(train).pickUp();
    bench.speed(train, 7);
    bench.seconds(seconds);
    bench.speed(train, 0);
    bench.untilStanding(train);
    double distance = bench.way(before, bench.train(train).pickUp());
    assertThat(distance).isCloseTo(measured, within(0.2 * measured));
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
  @EnumSource(Years.class)
  void theDocumentedTablesAreTheMeasuredOnes(Years years) throws IOException {
    StringBuilder table = new StringBuilder(HEAD);
    years
        .locomotives()
        .forEach(driven ->
            measured(driven.locomotive())
                .forEach(level -> table.append(row(driven, level)).append('\n')));
    Path file = Path.of("target", "trains-" + years + ".md");
    Files.writeString(file, table);
    assertThat(Files.readString(DOCUMENT))
        .as("docs/trains.md must contain devices/" + file)
        .contains(table);
  }

  private static IntStream measured(Locomotive locomotive) {
    return Stream.of(locomotive.measuredLevels(), locomotive.measuredStops())
        .flatMap(List::stream)
        .mapToInt(level -> level)
        .distinct()
        .sorted();
  }

  private static String row(Driven driven, int level) {
    Locomotive locomotive = driven.locomotive();
    Run run = run(driven, level);
    double speed = locomotive.steadySpeed(level, Reached.FROM_BELOW);
    return String.format(
        Locale.ROOT,
        "| %d | %d | %s | %.1f | %s | %.0f |",
        locomotive.address(),
        level,
        cell("%.1f", locomotive.measuredLevels().contains(level), speed),
        run.speedFromBelow(),
        cell(
            "%.0f", locomotive.measuredStops().contains(level), locomotive.stoppingDistance(level)),
        run.stop());
  }

  private static String cell(String format, boolean isMeasured, double value) {
    return isMeasured ? String.format(Locale.ROOT, format, value) : "-";
  }
}
