package dev.roundhouse.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roundhouse.cli.scenario.Scenario.Expected;
import dev.roundhouse.cli.scenario.Scenario.FailOn;
import dev.roundhouse.cli.scenario.Scenario.Step;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {
  private static final Path FILE = Path.of("folder", "x.yaml");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'start: {system: hello, args: {\"A\\0B\": \"x\"}}' | 1:39: an argument cannot have a NUL",
        "'start: {system: hello, args: {A: \"x\\0\"}}' | 1:34: an argument cannot have a NUL",
        "'start: {system: x<NUL>y}' | 1:18: the character \\x00 cannot be in YAML",
        "'start:\n  system: \u001b[31m' | 2:11: the character \\x1b cannot be in YAML",
      })
  void charactersThatCannotBeAreToldWithTheirPlace(String text, String expected) {
    assertThatExceptionOfType(ScenarioException.class)
        .isThrownBy(() -> read(text.replace("\\n", "\n").replace("<NUL>", "\0")))
        .withMessageContaining(FILE + ":" + expected);
  }

  @Test
  void wordsOfAnySizeAreCutInMessages() {
    assertThatExceptionOfType(ScenarioException.class)
        .isThrownBy(() -> read("x".repeat(1000) + ": 1"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    assertThatExceptionOfType(ScenarioException.class)
        .isThrownBy(() ->
            read(
                "start: {system: hello}\nsteps:\n  - expect: {match: '"
                    + "(".repeat(100_000)
                    + "'}"))
        .withMessageContaining("regular expression");
  }

  private static Scenario read(String text) throws ScenarioException {
    return ScenarioReader.read(FILE, text);
  }

  @Test
  void everythingAScenarioMaySayIsRead() throws ScenarioException {
    Scenario scenario =
        read(
            """
            name: All of it
            start:
              system: hello
              programs: [own.elf]
              args: {N: 10, TEXT: "a b"}
              console: 0
              track:
                layout: my-layout.json
                uart: 4
                trains: {24: C13, 58: D11-40}
                turnouts: {9: C, 5: S}
                faults: faults.json
                locomotives: mine.json
                box: my-box.json
                seed: 7
            deadline: 1m
            fail-on: [violation, warning]
            steps:
              - wait: 250ms
              - type: "go 24 D5\\r"
              - type: {text: x, uart: 5}
              - expect: plain
              - expect: {match: "a+b", uart: 2, within: 3s}
              - expect: {task: track_server, state: receive-blocked}
              - expect: {train: 24, at: A4}
              - expect: {train: 24, stops-at: D5, millimetres: 30}
              - end-input: 5
              - expect: {end: quit}
            """);
    assertThat(scenario.name()).isEqualTo("All of it");
    assertThat(scenario.deadline()).contains(Duration.ofMinutes(1));
    assertThat(scenario.failOn()).containsExactlyInAnyOrder(FailOn.values());
    assertThat(scenario.start().guest())
        .isInstanceOfSatisfying(
            Scenario.Started.Programs.class,
            ran -> assertThat(ran.programs()).containsExactly(Path.of("folder", "own.elf")));
    Scenario.TrackSetup track = scenario.start().track().orElseThrow();
    assertThat(track.layout()).isEqualTo(Path.of("folder", "my-layout.json").toString());
    assertThat(track.request().trains()).containsEntry(58, "D11-40");
    assertThat(track.request().files().faults()).contains(Path.of("folder", "faults.json"));
    assertThat(track.request().files().box()).contains(Path.of("folder", "my-box.json"));
    assertThat(scenario.steps()).hasSize(10);
    assertThat(scenario.steps().get(1))
        .isInstanceOfSatisfying(
            Step.Type.class,
            type -> {
              assertThat(type.uart()).isZero();
              assertThat(type.text()).isEqualTo("go 24 D5\r");
              assertThat(type.place()).hasToString(FILE + ":20:5");
            });
    assertThat(scenario.steps().get(7))
        .isInstanceOfSatisfying(
            Step.Expect.class,
            expect -> assertThat(expect.what()).isEqualTo(new Expected.StopsAt(24, "D5", 30)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps: [{wait: 1s}] | 1:1: \"start\" is missing",
        "start: {system: a} | 1:1: \"steps\" is missing or empty",
        "start: {} | 1:8: \"start\" needs a bundled system, a list of programs, or a kernel",
        "[1, 2] | 1:1: the scenario must be fields",
        "start: {sytem: a} | 1:9: unknown key \"sytem\" in \"start\"; did you mean system?; known: system, programs",
        "{start: {system: a}, steps: [{wait: 5}]} | 1:37: \"wait\" must be a number and a unit",
        "{start: {system: a}, steps: [{wait: 5s, type: x}]} | 1:30: a step has exactly one key",
        "{start: {system: a}, steps: [{type: go\\r}]} | 1:37: a backslash and a letter would be typed",
        "start: speed: 5 | 1:13: mapping values are not allowed here; put text with \": \" into quotes",
        "{start: {system: a}, steps: [{expects: x}]} | 1:31: unknown key \"expects\" in a step; did you",
        "{start: {system: a}, steps: [{expect: {}}]} | 1:39: \"expect\" needs exactly one of text",
        "{start: {system: a}, steps: [{expect: {task: x}}]} | 1:39: \"state\" is missing",
        "{start: {system: a}, steps: [{expect: {text: x, at: A4}}]} | 1:53: \"at\" does not go with",
        "{start: {system: a}, steps: [{expect: {match: '('}}]} | 1:47: no regular expression",
        "{start: {system: a}, steps: [{expect: {end: soon}}]} | 1:45: \"end\" must be one of",
        "{start: {system: a, console: 6}} | 1:30: \"console\" must be a UART: 0 to 5, sc0 or sc1",
        "{start: {system: a, system: b}} | 1:21: \"system\" is there twice",
        "{start: {system: a, track: {layout: a, trains: {x: C13}}}} | 1:52: \"x\" is not a train's",
        "{start: {system: a, track: {layout: a, uart: 2}}} | 1:28: UART2 is the console",
        "{start: &a {system: a}} | 1:9: anchors and aliases",
        "{start: *a} | 1:9: a",
        "{start: !!str x} | 1:9: tags (!) are not allowed",
        "{start: {system: a | 1:19: ",
        "'{start: \"a' | 1:",
        "{{a: b}: c} | 1:2: a key must be a word",
      })
  void aMistakeIsSaidWithItsLineAndColumn(String text, String message) {
    assertThatExceptionOfType(ScenarioException.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith(FILE + ":" + message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void whatIsTooLargeOrTooDeepIsRefused() {
    assertRefused("[".repeat(100_000)).withMessageContaining("nested deeper than 12");
    assertRefused("{a: ".repeat(50_000)).withMessageContaining("nested deeper than 12");
    assertRefused("#".repeat(300_000)).withMessageContaining("longer than 262144 characters");
    assertRefused("").withMessageContaining("empty");
    assertRefused("# nothing\n").withMessageContaining("empty");
    assertRefused("a: b\n---\nc: d\n").withMessageContaining("a second document begins");
    assertRefused("a: \u0000").withMessageStartingWith(FILE.toString());
    assertRefused("{start: {system: a}, steps: [" + "{wait: 1s},".repeat(1001) + "]}")
        .withMessageContaining("more than 1000 steps");
  }

  private static org.assertj.core.api.ThrowableAssertAlternative<ScenarioException> assertRefused(
      String text) {
    return assertThatExceptionOfType(ScenarioException.class).isThrownBy(() -> read(text));
  }
}
