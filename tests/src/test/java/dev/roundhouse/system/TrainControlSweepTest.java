package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import dev.roundhouse.kernel.report.EndOfRun;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Many journeys of the bundled train control, too many for each build: with {@code -Pdeep}. */
@Tag("deep")
class TrainControlSweepTest {
  private static final double MOST_MM = 50;
  private static final int SEEDS = 8;
  private static final int ROUNDS = 10;

  @ParameterizedTest
  @MethodSource("tracksAndSeeds")
  void twoTrainsGoToTwentyRandomPlacesAndDoNotCollide(String track, long seed) {
    Layout layout = track.equals("a") ? Layout.trackA() : Layout.trackB();
    String script =
        new Journeys(layout)
            .random(ROUNDS, 2, seed).stream()
                .map(goals -> "go 24 %s;go 58 %s;wait".formatted(goals.get(0), goals.get(1)))
                .collect(Collectors.joining(";", "", ";quit"));
    expectArrivals(
        TrainControl.on(track)
            .train(24, "C13")
            .train(58, "D11")
            .with(plan -> plan.seed(seed))
            .run(script),
        2 * ROUNDS);
  }

  static Stream<Arguments> tracksAndSeeds() {
    return Stream.of("a", "b")
        .flatMap(
            track -> LongStream.rangeClosed(1, SEEDS).mapToObj(seed -> Arguments.of(track, seed)));
  }

  @ParameterizedTest
  @MethodSource("locomotives")
  void eachMeasuredLocomotiveGoesToRandomPlaces(int number) {
    List<List<String>> goals = new Journeys(Layout.trackA()).random(ROUNDS, 1, number);
    String script =
        goals.stream()
            .map(goal -> "go %d %s;wait".formatted(number, goal.getFirst()))
            .collect(Collectors.joining(";", "", ";quit"));
    expectArrivals(TrainControl.on("a").train(number, "C13").run(script), ROUNDS);
  }

  static Stream<Integer> locomotives() {
    return LocomotiveCatalog.shipped(BoxKind.SERIAL_6051).all().stream().map(Locomotive::address);
  }

  private static void expectArrivals(TrainControl.Outcome outcome, int arrivals) {
    assertThat(outcome.run().warnings()).isEmpty();
    assertThat(outcome.run().end()).isInstanceOf(EndOfRun.Quit.class);
    assertThat(outcome.arrivals())
        .as(outcome.run().text())
        .hasSize(arrivals)
        .allSatisfy(arrival -> assertThat(arrival.errorMm()).isLessThan(MOST_MM));
  }
}
