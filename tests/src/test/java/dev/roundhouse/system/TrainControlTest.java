package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.kernel.report.EndOfRun;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundled train control on simulated tracks, from the outside. */
class TrainControlTest {
  static final String ENTRY = "train_control";

  private static final double MOST_MM = 50;

  @Test
  void aTrainGoesWhereItIsSent() {
    TrainControl.Outcome outcome = TrainControl.on("a").train(24, "C13").run("go 24 D5;wait;quit");
    expectArrivals(outcome, 1);
  }

  @Test
  void aTrainIsFoundBeforeItIsSent() {
    TrainControl.Outcome outcome =
        TrainControl.on("a").unknownTrain(24, "C13").run("go 24 D5;wait;quit");
    assertThat(outcome.run().text()).contains("train 24 is at E7");
    expectArrivals(outcome, 1);
  }

  @Test
  void anOffsetIsCountedInTheSensorsDirection() {
    TrainControl.Outcome outcome =
        TrainControl.on("a").train(24, "C13").run("go 24 E7 -200;wait;quit");
    String place =
        outcome.run().trace().stream()
            .filter(event -> event.contains("TrainStopped"))
            .reduce((_, last) -> last)
            .orElseThrow()
            .replaceAll(".*place=(.*)]", "$1");
    double before = new Journeys(Layout.trackA()).distance(place, "E7");
    assertThat(before).isBetween(200 - MOST_MM, 200 + MOST_MM);
    assertThat(place).startsWith("C13+");
  }

  @Test
  void trainsAndTurnoutsObeyByHand() {
    String script = "sleep 500;sw 1 C;sw 11 C;tr 24 8;sleep 400;rv 24;sleep 500;stop;wait;quit";
    GuestRecord run = TrainControl.on("a").train(24, "C13").run(script).run();
    assertThat(run.trace())
        .anyMatch(event -> event.contains("TurnoutThrown[turnout=1, position=CURVED]"))
        .noneMatch(event -> event.contains("TurnoutThrown[turnout=11, position=CURVED]"))
        .anyMatch(event -> event.contains("SpeedChanging[train=24, level=8]"))
        .anyMatch(event -> event.contains("DirectionChanged[train=24"))
        .noneMatch(event -> event.contains("Misused"));
    assertThat(run.text()).contains("turnout 11 is held by a train");
  }

  @ParameterizedTest
  @CsvSource({"a, 24, 58, 1", "b, 24, 58, 2"})
  void twoTrainsGoToTenRandomPlacesEachAndDoNotCollide(
      String track, int first, int second, long seed) {
    Layout layout = track.equals("a") ? Layout.trackA() : Layout.trackB();
    String script =
        new Journeys(layout)
            .random(10, 2, seed).stream()
                .map(goals ->
                    "go %d %s;go %d %s;wait".formatted(first, goals.get(0), second, goals.get(1)))
                .collect(Collectors.joining(";", "", ";quit"));
    TrainControl.Outcome outcome =
        TrainControl.on(track)
            .train(first, "C13")
            .train(second, "D11")
            .with(plan -> plan.seed(seed))
            .run(script);
    expectArrivals(outcome, 20);
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    TrainControl control = TrainControl.on("a").train(24, "C13").train(58, "D11");
    String script = "go 24 D5;go 58 B16;wait;quit";
    assertThat(control.run(script).run().all()).isEqualTo(control.run(script).run().all());
  }

  private static void expectArrivals(TrainControl.Outcome outcome, int arrivals) {
    assertThat(outcome.run().warnings()).isEmpty();
    assertThat(outcome.run().violations()).isEmpty();
    assertThat(outcome.run().end()).isInstanceOf(EndOfRun.Quit.class);
    assertThat(outcome.arrivals())
        .hasSize(arrivals)
        .allSatisfy(arrival -> assertThat(arrival.errorMm()).isLessThan(MOST_MM));
  }
}
