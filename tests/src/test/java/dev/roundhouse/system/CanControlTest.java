package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.CommandInThisProcess;
import dev.roundhouse.cli.CommandInThisProcess.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs and kernels that drive trains through a Central Station on CAN. */
class CanControlTest {
  static final String TOUR = "can_tour";

  private static final Path IMAGES =
      Path.of("../firmware-images/src/main/resources/dev/roundhouse/firmware");

  @Test
  void aProgramWithTheSdksDriverDrivesFromContactToContact() {
    Outcome outcome = run(TOUR, "--can", "track:c", "--train", "14@C13");
    assertThat(outcome.err()).doesNotContain("warning");
    assertThat(outcome.out())
        .contains("train 14 at level 8", "contact E7", "contact D7", "contact D9", "stops");
  }

  @ParameterizedTest
  @CsvSource({"c, 14, 18", "a, 24, 58"})
  void theTrainControlReachesItsGoalsByCan(String track, int first, int second) {
    Outcome outcome =
        run(
            "train_control",
            "--can",
            "track:" + track,
            "--box",
            "cs3",
            "--train",
            first + "@C13",
            "--train",
            second + "@D11",
            "--arg",
            "TRACK=" + track,
            "--arg",
            "BOX=can",
            "--arg",
            "SCREEN=lines",
            "--arg",
            "TRAINS=%d@C13,%d@D11".formatted(first, second),
            "--arg",
            "SCRIPT=go %1$d D5;go %2$d B16;wait;go %2$d C14;wait;quit".formatted(first, second));
    assertThat(outcome.err()).doesNotContain("warning");
    assertThat(outcome.out())
        .contains(
            "train %d stands at D5+0".formatted(first),
            "train %d stands at B16+0".formatted(second),
            "train %d stands at C14+0".formatted(second),
            "all trains have been told to stop")
        .doesNotContain("no train is near");
  }

  @Test
  void theTrainControlSaysWhenNoStationAnswers() {
    Outcome outcome =
        run(
            "train_control",
            "--arg",
            "TRACK=c",
            "--arg",
            "SCREEN=lines",
            "--arg",
            "SCRIPT=tr 14 5;quit");
    assertThat(outcome.out()).contains("the station does not answer: is it on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"can_terminal.elf", "can_terminal_polled.elf"})
  void aKernelsDriverDrivesATrainByInterruptsAndPolled(String kernel) {
    Outcome outcome =
        CommandInThisProcess.run(
            List.of(
                "boot",
                IMAGES.resolve("kernels").resolve(kernel).toString(),
                "--can",
                "track:c",
                "--train",
                "14@C13",
                "--no-reboot"),
            "tr 14 10\rwait 8\rtr 14 5\rrv 14\rwait 9\rq\r");
    assertThat(outcome.err()).doesNotContain("warning");
    assertThat(outcome.out())
        .containsSubsequence("] E7", "] D7", "> rv 14", "] D9", "] D10", "0 times frames");
  }

  private static Outcome run(String program, String... options) {
    List<String> words = new ArrayList<>(List.of("run", file(program), "--programs", "" + IMAGES));
    words.addAll(List.of(options));
    return CommandInThisProcess.run(words, "");
  }

  private static String file(String program) {
    return IMAGES.resolve(program + ".elf").toString();
  }
}
