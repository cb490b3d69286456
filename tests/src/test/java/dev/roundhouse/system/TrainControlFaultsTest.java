package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.train.fault.FaultPlan;
import dev.roundhouse.kernel.report.EndOfRun;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bundled train control does when things go wrong: as a person at the track sees it. */
class TrainControlFaultsTest {
  private static final double MOST_MM = 50;
  private static final double SECOND = 1e9;
  private static final Pattern STARTED =
      Pattern.compile("(\\d+) SpeedChanging\\[train=\\d+, level=([1-9]\\d*)]");
  private static final Pattern STOPPED = Pattern.compile("(\\d+) TrainStopped\\[.*");
  private static final List<String> ACCIDENTS = List.of("runs into", "derails", "runs off");

  @ParameterizedTest
  @ValueSource(strings = {"cable-pulled", "box-off"})
  void trainsAreStoppedWhenTheBoxIsBackAndObeyAfterwards(String fault) {
    TrainControl.Outcome outcome =
        TrainControl.on("a")
            .train(24, "C13")
            .with(plan ->
                plan.faults(
                    faults("{'fault':'%s','fromSeconds':5,'untilSeconds':8}".formatted(fault))))
            .run("go 24 D5;wait;sleep 600;go 24 D5;wait;quit");
    assertThat(outcome.run().text())
        .containsSubsequence(
            "] the box takes no bytes: is it on, and its cable plugged in?",
            "] train 24 does not get to D5: the box takes no bytes",
            "] the box answers again: all trains are stopped",
            "] > go 24 D5",
            "] train 24 stands at D5+0 mm");
    double ordered = timeOf(outcome, "> go 24 D5", 1);
    assertThat(times(outcome, STOPPED)).anyMatch(at -> at < 8.5 && at > 5);
    assertThat(times(outcome, STARTED)).noneMatch(at -> at > 5 && at < ordered);
    expectArrivals(outcome, 1);
  }

  @Test
  void ordersAreRefusedWhileTheBoxIsAwayAndTheProgramCanBeLeft() {
    TrainControl.Outcome outcome =
        TrainControl.on("a")
            .train(24, "C13")
            .with(plan -> plan.faults(faults("{'fault':'cable-pulled','fromSeconds':5}")))
            .run("sleep 700;go 24 D5;wait;tr 24 5;sw 5 C;quit");
    assertThat(outcome.run().text())
        .containsSubsequence(
            "] train 24 does not get to D5: the box takes no bytes",
            "] train 24 is not told: the box takes no bytes",
            "] no train can be told to stop: the box takes no bytes");
    assertThat(outcome.run().end()).isInstanceOf(EndOfRun.Quit.class);
  }

  @Test
  void aTurnoutThatDoesNotMoveIsNoticedAndThenKeptTo() {
    TrainControl.Outcome outcome =
        TrainControl.on("a")
            .train(24, "C13")
            .with(plan -> plan.faults(faults("{'fault':'stuck-turnout','turnout':14}")))
            .run(
                "go 24 C7;wait;go 24 B16;wait;go 24 E14;wait;go 24 C7;wait;go 24 B16;wait;go 24 E14;wait;quit");
    assertThat(outcome.run().text())
        .containsSubsequence(
            "] turnout 14 has not moved: it is straight",
            "] train 24 stands at E14",
            "] turnout 14 stays straight: ways keep to that until it is thrown by hand",
            "] train 24 stands at E14");
    expectArrivals(outcome, 6);
  }

  @Test
  void aSlowTurnoutIsGivenTheTimeThatItNeeds() {
    TrainControl.Outcome outcome =
        TrainControl.on("a")
            .train(24, "C13")
            .with(plan -> plan.faults(faults("{'fault':'slow-turnout','turnout':14,'millis':300}")))
            .run("go 24 C7;wait;go 24 B16;wait;go 24 D5;wait;go 24 B16;wait;go 24 D5;wait;quit");
    assertThat(outcome.run().text()).doesNotContain("has not moved");
    assertThat(outcome.run().trace())
        .anyMatch(event -> event.contains("TurnoutThrown[turnout=14, position=CURVED]"));
    expectArrivals(outcome, 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'fault':'dead-sensor','sensor':'E7'},{'fault':'dead-sensor','sensor':'C13'}",
        "{'fault':'ghost-sensor','sensor':'B16','everySeconds':4}",
        "{'fault':'missed-commands','chance':0.04}",
        "{'fault':'lost-bytes','chance':0.005}",
        "{'fault':'dirty-track','from':'C13','to':'E7','speedFactor':0.8}",
        "{'fault':'slow-locomotive','train':24,'speedFactor':0.93}"
      })
  void ordersAreDoneInSpiteOfSmallFaults(String fault) {
    TrainControl.Outcome outcome =
        TrainControl.on("a")
            .train(24, "C13")
            .train(58, "D11")
            .with(plan -> plan.faults(faults(fault)).seed(4))
            .run("go 24 D5;go 58 B16;wait;go 24 C7;go 58 E11;wait;quit");
    expectArrivals(outcome, 4);
  }

  @Test
  void twoSensorsInARowThatStaySilentMakeATrainBeSearchedFor() {
    TrainControl.Outcome outcome =
        TrainControl.on("a")
            .train(24, "C13")
            .with(plan ->
                plan.faults(
                    faults(
                        "{'fault':'dead-sensor','sensor':'E7','untilSeconds':9},"
                            + "{'fault':'dead-sensor','sensor':'D7','untilSeconds':9},"
                            + "{'fault':'dead-sensor','sensor':'D9','untilSeconds':9}")))
            .run("go 24 E11;wait;quit");
    assertThat(outcome.run().text())
        .containsSubsequence("] train 24 is not where it should be", "] train 24 is at ");
    expectArrivals(outcome, 1);
  }

  @Test
  void aTrainThatNoSensorSeesIsLostUntilAPersonSaysWhereItStands() {
    TrainControl.Outcome outcome =
        TrainControl.on("a")
            .train(24, "C13")
            .with(plan ->
                plan.faults(
                    faults(
                        "{'fault':'dead-sensor','sensor':'E7'},{'fault':'dead-sensor','sensor':'D7'},"
                            + "{'fault':'dead-sensor','sensor':'D9'},{'fault':'dead-sensor','sensor':'E12'},"
                            + "{'fault':'dead-sensor','sensor':'E8'},{'fault':'dead-sensor','sensor':'C14'},"
                            + "{'fault':'dead-sensor','sensor':'D8'},{'fault':'dead-sensor','sensor':'D10'}")))
            .run("go 24 E11;wait;go 24 E11;wait;quit");
    assertThat(outcome.run().text())
        .containsSubsequence(
            "] train 24 is not where it should be",
            "] train 24 does not get to E11: it is lost: no sensor sees it",
            "] train 24 does not get to E11: it is lost: say where it stands, with at");
    assertNoAccident(outcome);
    assertThat(outcome.arrivals()).isEmpty();
  }

  @Test
  void aTrainWhoseGoalDoesNotSeeItIsNotSaidToStandThere() {
    TrainControl.Outcome outcome =
        TrainControl.on("a")
            .train(24, "C13")
            .with(plan -> plan.faults(faults("{'fault':'dead-sensor','sensor':'D5'}")))
            .run("go 24 D5;wait;go 24 C7;wait;quit");
    assertThat(outcome.run().text())
        .contains("] train 24 does not get to D5: its contact has not closed there");
    expectArrivals(outcome, 1);
  }

  @Test
  void aTrainDrivenByHandIsStoppedBeforeTrackThatAnotherTrainHolds() {
    TrainControl.Outcome outcome =
        TrainControl.on("a")
            .train(24, "C13")
            .train(58, "D11")
            .run("sleep 600;tr 24 10;sleep 1000;tr 24 10;sleep 200;rv 24;sleep 300;stop;wait;quit");
    assertThat(outcome.run().text())
        .containsSubsequence(
            "] train 24 is stopped: train 58 holds the track ahead",
            "] > tr 24 10",
            "] train 24 is stopped: train 58 holds the track ahead");
    assertNoAccident(outcome);
  }

  @Test
  void othersKeepClearOfATrainDrivenByHandWhosePlaceASensorTells() {
    TrainControl.Outcome outcome =
        TrainControl.on("a")
            .unknownTrain(24, "C13")
            .train(58, "D11")
            .run("sleep 600;tr 24 8;sleep 1000;go 58 C13;wait;quit");
    assertThat(outcome.run().text())
        .containsSubsequence(
            "] train 24: its place is unknown until a sensor sees it", "] train 24 is at E7");
    assertNoAccident(outcome);
    expectArrivals(outcome, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 47, 79})
  void anyMeasuredLocomotiveIsDriven(int train) {
    TrainControl.Outcome outcome =
        TrainControl.on("a")
            .train(train, "C13")
            .run("go %1$d D5;wait;go %1$d B16;wait;quit".formatted(train));
    expectArrivals(outcome, 2);
  }

  private static FaultPlan faults(String list) {
    String json = "{'faults': [" + list + "]}";
    return FaultPlan.parse("faults", json.replace('\'', '"'));
  }

  private static double timeOf(TrainControl.Outcome outcome, String line, int nth) {
    Matcher matcher =
        Pattern.compile("\\[ *([0-9.]+)] " + Pattern.quote(line) + "\\b")
            .matcher(outcome.run().text());
    for (int i = 0; i <= nth; i++) {
      assertThat(matcher.find()).as("%s in %s", line, outcome.run().text()).isTrue();
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static List<Double> times(TrainControl.Outcome outcome, Pattern event) {
    return outcome.run().trace().stream()
        .map(event::matcher)
        .filter(Matcher::matches)
        .map(found -> Long.parseLong(found.group(1)) / SECOND)
        .toList();
  }

  private static void assertNoAccident(TrainControl.Outcome outcome) {
    assertThat(outcome.run().warnings())
        .noneMatch(warning -> ACCIDENTS.stream().anyMatch(warning::contains));
    assertThat(outcome.run().violations()).isEmpty();
    assertThat(outcome.run().end()).isInstanceOf(EndOfRun.Quit.class);
  }

  private static void expectArrivals(TrainControl.Outcome outcome, int arrivals) {
    assertNoAccident(outcome);
    assertThat(outcome.arrivals())
        .as(outcome.run().text())
        .hasSize(arrivals)
        .allSatisfy(arrival -> assertThat(arrival.errorMm()).isLessThan(MOST_MM));
  }
}
