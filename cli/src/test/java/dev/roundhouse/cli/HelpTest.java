package dev.roundhouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.roundhouse.emulator.file.ExitCode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are in the resources help-*.txt: a change of them is meant to be seen. */
class HelpTest {
  @ParameterizedTest
  @CsvSource({"--help, help-roundhouse.txt", "run --help, help-run.txt"})
  void theHelpIsAsPrinted(String words, String expected) throws IOException {
    Invocation invocation = Invocation.of(words.split(" "));
    assertThat(invocation.exitCode()).isZero();
    assertThat(invocation.err()).isEmpty();
    try (var in = HelpTest.class.getResourceAsStream(expected)) {
      assertThat(invocation.out()).isEqualTo(new String(in.readAllBytes(), UTF_8));
    }
  }

  @Test
  void everyExitCodeIsInTheHelp() {
    String help = Invocation.of("--help").out();
    for (ExitCode exitCode : ExitCode.values()) {
      assertThat(help).contains("\n  " + exitCode.code() + " ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "boot",
    "diff",
    "demo",
    "replay",
    "trace",
    "test",
    "conform",
    "track",
    "ports",
    "monitor",
    "calibrate",
    "twin",
    "inspect",
    "doctor",
    "new",
    "layout",
    "stubs",
    "completion",
    "man-pages",
    "help"
  })
  void everyCommandHelps(String command) {
    Invocation invocation = Invocation.of(command, "--help");
    assertThat(invocation.exitCode()).isZero();
    assertThat(invocation.out()).contains("Usage: roundhouse " + command);
  }

  @Test
  void helpOfACommandIsThatOfItsOption() {
    assertThat(Invocation.of("help", "run")).isEqualTo(Invocation.of("run", "--help"));
    assertThat(Invocation.of("help")).isEqualTo(Invocation.of("--help"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "help rnu | there is no command 'rnu'; did you mean run?",
        "help rn | did you mean run?",
        "runn x | there is no command 'runn'; did you mean run?",
        "trace shw x | 'shw' is none of show, stats, export; did you mean show?",
        "bot kernel8.img | did you mean boot?",
        "hello.elf | did you mean run hello.elf?",
        "run hello.elf --timout 5s | did you mean --timeout?",
        "run hello.elf --wal-timeout=5s | did you mean --wall-timeout?",
        "run helo.elf | did you mean hello.elf or demo.elf?",
      })
  void whoMistypesIsToldWhatTheyMayHaveMeant(String words, String meant) {
    Invocation invocation = Invocation.of(words.split(" "));
    assertThat(invocation.exitCode()).isIn(ExitCode.USAGE.code(), ExitCode.PROGRAM.code());
    assertThat(invocation.err()).contains(meant).hasLineCount(1);
  }

  @Test
  void whatIsSaidToTypeBeginsWithTheLauncherThatWasUsed() {
    assertThat(Invocation.of(Map.of("ROUNDHOUSE_COMMAND", "../my tools/roundhouse"), "run").err())
        .endsWith("(help: '../my tools/roundhouse' run --help)\n");
    assertThat(Invocation.of("runn").err()).endsWith("(help: roundhouse --help)\n");
  }

  @Test
  void theCompletionScriptKnowsCommandsAndOptions() {
    Invocation invocation = Invocation.of("completion");
    assertThat(invocation.exitCode()).isZero();
    assertThat(invocation.out()).contains("--wall-timeout").contains("inspect");
  }

  @Test
  void theCompletionScriptOffersValues() {
    assertThat(Invocation.of("completion").out())
        .contains(
            "\"trains\" \"tasks\"",
            "\"a\" \"b\" \"c\" \"d\"",
            "hello.elf",
            "3=track:a",
            "trainsos",
            "\"c\" \"rust\"",
            "sc0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "inspect --json hello.elf | {\"files\":[{\"file\":\"hello.elf\",\"bytes\":",
        "ports --json | {\"ports\":[",
        "doctor --json | {\"JDK\":\"",
      })
  void anAnswerIsAJsonObjectForPrograms(String words, String beginning) {
    Invocation invocation = Invocation.of(System.getenv(), words.split(" "));
    assertThat(invocation.out()).startsWith(beginning).hasLineCount(1);
    assertThat(JsonParser.parseString(invocation.out()).isJsonObject()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "run nowhere/none.elf --json | 3 | {\"end\":\"cannot-load\",\"reason\":\"nowhere/none.elf: ",
        "boot nowhere/none.img --json | 3 | {\"end\":\"cannot-load\",",
        "replay none.rec --json | 3 | {\"end\":\"cannot-load\",",
        "run hello.elf --json --timeout soon | 2 | {\"end\":\"not-started\",",
      })
  void whatCannotBeStartedHasItsJsonObjectToo(String words, int exitCode, String beginning) {
    Invocation invocation = Invocation.of(words.split(" "));
    assertThat(invocation.exitCode()).isEqualTo(exitCode);
    assertThat(invocation.err().lines().toList().getLast())
        .startsWith(beginning)
        .endsWith("\"exitCode\":" + exitCode + "}");
  }

  @Test
  void theDoctorTellsOfEngineAndHost() {
    Invocation invocation = Invocation.of(System.getenv(), "doctor");
    assertThat(invocation.exitCode()).isIn(ExitCode.FINISHED.code(), ExitCode.USAGE.code());
    assertThat(invocation.out())
        .contains("JDK ", "engine ", "cache ", "terminal ", "pty ", "new c ", "new rust ");
  }

  @Test
  void theVersionIsShown() {
    assertThat(Invocation.of("--version").out()).startsWith("roundhouse ").contains("JVM 25");
  }
}
