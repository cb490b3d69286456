package dev.roundhouse.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.report.TestCase;
import dev.roundhouse.cli.report.TestOutcome;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.engine.EngineChoice;
import dev.roundhouse.emulator.engine.EngineLibraries;
import dev.roundhouse.emulator.engine.EngineRequest;
import dev.roundhouse.emulator.process.Launcher;
import dev.roundhouse.emulator.setup.BundledFile;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(Lifecycle.PER_CLASS)
class ScenarioSuiteTest {
  private static final Path SHIPPED = Path.of("..", "scenarios");

  private EngineChoice engine;
  private Optional<Path> programs = Optional.empty();
  private static final Messages SILENT =
      new Messages(new PrintStream(OutputStream.nullOutputStream()), Messages.Colours.OFF);

  @TempDir private Path folder;

  @BeforeAll
  void findEngine() throws Exception {
    engine = EngineLibraries.choose(EngineRequest.of(Optional.empty(), System.getenv()));
  }

  private ScenarioSuite.Settings settings() {
    return new ScenarioSuite.Settings(
        List.of(),
        Set.of(),
        Optional.empty(),
        Duration.ofMinutes(1),
        programs,
        Optional.of(folder.resolve("recordings")),
        Set.of(),
        new Launcher("/opt/roundhouse", "../roundhouse"));
  }

  private ScenarioSuite.Result run(String start, String steps) throws Exception {
    Path file = folder.resolve("own.yaml");
    Files.writeString(file, "start: {" + start + "}\nsteps:\n" + steps);
    return new ScenarioSuite(engine, settings(), SILENT).run(List.of(file), _ -> {});
  }

  @Test
  void theShippedScenariosPass() throws Exception {
    var result = new ScenarioSuite(engine, settings(), SILENT).run(List.of(SHIPPED), _ -> {});
    assertThat(result.suite().cases())
        .isNotEmpty()
        .extracting(TestCase::outcome)
        .containsOnly(new TestOutcome.Passed());
    assertThat(result.exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello | - expect: Goodbye | 7 | 3:3: the run ended before UART2 prints \"Goodbye\"",
        "uart_echo | - expect: {text: x, within: 5ms} | 42 | 3:3: not within 5ms: UART2 prints",
        "uart_echo | - wait: 61s | 42 | 3:3: the deadline is over before the wait is",
        "zoo_deadlock_cycle | - wait: 1s | 5 | 3:3: the run ended: deadlock",
        "zoo_null_read | - wait: 1s | 4 | 3:3: the run ended: ",
        "hello | - expect: {task: nobody, state: ready} | 7 | 3:3: the run ended before task nobody",
        "hello | - expect: {end: deadlock} | 7 | 3:3: the run ended before the run ends by deadlock",
        "uart_echo | - expect: {match: '(a*)*b'} | 42 | 3:3: not within 60s",
        "zoo_unknown_program | - wait: 1s | 3 | 3:3: the run ended: ",
        "hello | - expect: {screen: Bye, within: 5ms} | 7 | 3:3: the run ended before the screen at UART2 shows \"Bye\"",
        "hello | - expect: {task: helo, state: ready} | 7 | 3:3: the run ended before task helo",
        "hello | - expect: {train: 24, at: A4} | 7 | 3:3: there is no track; give the scenario one",
        "hello | - expect: {train: 24, stops-at: A4} | 7 | 3:3: there is no track; give the",
      })
  void aScenarioFailsWithTheExitCodeOfItsRun(
      String system, String step, int exitCode, String message) throws Exception {
    var result = run("system: " + system, "  " + step + "\n");
    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(result.suite().cases().getFirst().outcome())
        .isInstanceOfSatisfying(
            TestOutcome.Failed.class,
            failed ->
                assertThat(failed.message())
                    .startsWith(folder.resolve("own.yaml") + ":" + message.replace("3:3", "3:5")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stops-at: Z99 | the track has no Z99",
        "at: Z99 | the track has no Z99",
      })
  void aPlaceThatTheTrackDoesNotHaveIsNamed(String place, String message) throws Exception {
    String start = "system: uart_echo, track: {layout: a, trains: {24: C13}}";
    assertFails(run(start, "  - expect: {train: 24, " + place + "}\n"), message);
    assertFails(
        run(start, "  - expect: {train: 58, " + place + "}\n"), "train 58 is not on the track");
  }

  private static void assertFails(ScenarioSuite.Result result, String message) {
    assertFails(7, result, message);
  }

  private static void assertFails(int exitCode, ScenarioSuite.Result result, String message) {
    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(result.suite().cases().getFirst().outcome())
        .isInstanceOfSatisfying(
            TestOutcome.Failed.class, failed -> assertThat(failed.message()).contains(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mini.elf | - expect: {text: tick 9, within: 100ms} | 42 | not within 100ms: UART0 prints",
        "lost_vectors.elf | - wait: 1s | 4 | the run ended: the kernel cannot go on",
        "check_reboot.elf, reboot: end | - wait: 1s | 7 | the run ended before",
        "mini.elf | - expect: {task: 9, state: ready, within: 1ms} | 42 | it is exited",
      })
  void aScenarioOfABootedKernelFailsWithTheExitCodeOfItsRun(
      String kernel, String step, int exitCode, String message) throws Exception {
    String more = exitCode == 7 ? "  - expect: {end: deadlock}\n" : "";
    var result = run("kernel: kernels/" + kernel, "  " + step + "\n" + more);
    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(result.suite().cases().getFirst().outcome())
        .isInstanceOfSatisfying(
            TestOutcome.Failed.class, failed -> assertThat(failed.message()).contains(message));
  }

  @Test
  void aKernelOnAnEngineThatBootsNoneIsBroken() throws Exception {
    Engine ofPrograms = ram -> engine.engine().newCpu(ram);
    engine = new EngineChoice(ofPrograms, engine.finding(), List.of());
    try {
      var result = run("kernel: kernels/mini.elf", "  - wait: 1s\n");
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.suite().cases().getFirst().outcome())
          .isInstanceOfSatisfying(
              TestOutcome.Broken.class,
              broken -> assertThat(broken.message()).contains("boots no kernel"));
    } finally {
      findEngine();
    }
  }

  @Test
  void aScenarioWithAProfileThatIsNotThereIsBroken() throws Exception {
    var result = run("kernel: kernels/mini.elf, abi: none.json", "  - wait: 1s\n");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.suite().cases().getFirst().outcome())
        .isInstanceOfSatisfying(
            TestOutcome.Broken.class,
            broken -> assertThat(broken.message()).contains("none.json' is no profile"));
  }

  @Test
  void theTasksOfABootedKernelWaitForWhatItsProfileSays() throws Exception {
    var result =
        run(
            "kernel: kernels/messages.elf, abi: trainsos",
            """
              - expect: {task: name_server, state: receive-blocked}
              - expect: {task: 1, state: exited}
            """);
    assertThat(result.suite().cases().getFirst().outcome()).isEqualTo(new TestOutcome.Passed());
  }

  @Test
  void whatIsMissedByAMistakeOfTheScenarioIsSaid() throws Exception {
    assertFails(
        42,
        run("system: uart_echo", "  - type: go\n  - expect: {text: gone, within: 5ms}\n"),
        "; what was typed last has no Enter (\\r) at its end");
    assertFails(
        7,
        run("system: hello", "  - expect: task 1\n  - expect: Hello\n"),
        "; it printed that before, in front of what an earlier step has found");
  }

  @Test
  void aBacktrackingExpressionIsStopped() throws Exception {
    String steps =
        "  - type: \"" + "a".repeat(40) + "\"\n  - wait: 1s\n  - expect: {match: '(a+)+\\1b'}\n";
    var result = run("system: uart_echo", steps);
    assertThat(result.suite().cases().getFirst().outcome())
        .isInstanceOfSatisfying(
            TestOutcome.Failed.class,
            failed -> assertThat(failed.message()).contains("takes too long; make it simpler"));
  }

  @Test
  void aFailedScenarioLeavesItsRecording() throws Exception {
    var result = run("system: uart_echo", "  - type: abc\n  - expect: {text: x, within: 1s}\n");
    assertThat(result.suite().cases().getFirst().outcome())
        .isInstanceOfSatisfying(
            TestOutcome.Failed.class,
            failed ->
                assertThat(failed.details())
                    .contains("the screen at UART2:\n  abc\n")
                    .contains("task 1 (uart_echo) is receive-blocked")
                    .contains("again: ../roundhouse replay " + folder.resolve("recordings")));
    assertThat(folder.resolve("recordings").resolve("own.yaml.rec")).isNotEmptyFile();
  }

  @Test
  void aFailureShowsTheScreenAsItLooksAndTheTrainsWithTheirSensors() throws Exception {
    String start = "system: train_control, track: {layout: a, trains: {24: C13}}";
    String steps =
        """
          - type: "tr 24 10\\r"
          - expect: {screen: "Train control  Track A"}
          - expect: {screen: "  24    10", within: 1s}
          - expect: {train: 24, at: E8, within: 6s}
        """;
    var result = run(start, steps);
    assertThat(result.exitCode()).isEqualTo(42);
    assertThat(result.suite().cases().getFirst().outcome())
        .isInstanceOfSatisfying(
            TestOutcome.Failed.class,
            failed ->
                assertThat(failed.details())
                    .contains("\n  Train control  Track A ")
                    .contains("\ntrains:\n  train 24: it is on track, at ")
                    .containsPattern("; it passed \\w+ \\(\\d")
                    .contains("task 9 (track_server) is receive-blocked")
                    .doesNotContain("\\x1b"));
  }

  @Test
  void programsMayBeTakenFromAFolderOfTheCommandLine() throws Exception {
    Path students = Files.createDirectory(folder.resolve("students"));
    for (String each : List.of("rps", "rps_server", "rps_player")) {
      Files.write(
          students.resolve(each + ".elf"), new BundledFile(Path.of(each + ".elf")).content());
    }
    String steps = "  - expect: wins the game\n";
    assertThat(run("programs: [build/rps.elf]", steps).exitCode()).isEqualTo(3);
    programs = Optional.of(students);
    try {
      assertThat(run("programs: [build/rps.elf]", steps).exitCode()).isZero();
    } finally {
      programs = Optional.empty();
    }
    assertThat(run("programs: [students/rps.elf, students]", steps).exitCode()).isZero();
    assertThat(run("programs: [students/rps.elf]", steps).suite().cases().getFirst().outcome())
        .isInstanceOfSatisfying(
            TestOutcome.Failed.class,
            failed -> assertThat(failed.details()).contains("rps_server.elf is there but was not"));
  }

  @Test
  void recordingsOfScenariosOfTheSameNameAreKeptBoth() throws Exception {
    String text = "start: {system: hello}\nsteps:\n  - expect: {text: never}\n";
    for (String each : List.of("one", "two")) {
      Files.createDirectories(folder.resolve(each));
      Files.writeString(folder.resolve(each).resolve("same.yaml"), text);
    }
    new ScenarioSuite(engine, settings(), SILENT).run(List.of(folder), _ -> {});
    assertThat(folder.resolve("recordings/one/same.yaml.rec")).isNotEmptyFile();
    assertThat(folder.resolve("recordings/two/same.yaml.rec")).isNotEmptyFile();
  }

  @Test
  void aScenarioOfProgramsThatCannotBeLoadedIsBroken() throws Exception {
    var result = run("programs: [missing.elf]", "  - wait: 1s\n");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.suite().cases().getFirst().outcome())
        .isInstanceOfSatisfying(
            TestOutcome.Broken.class,
            broken -> assertThat(broken.message()).contains("missing.elf: cannot be read"));
  }
}
