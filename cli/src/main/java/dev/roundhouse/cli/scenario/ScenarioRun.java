package dev.roundhouse.cli.scenario;

import dev.roundhouse.cli.scenario.Scenario.Expected;
import dev.roundhouse.cli.scenario.Scenario.FailOn;
import dev.roundhouse.cli.scenario.Scenario.Step;
import dev.roundhouse.cli.session.RunReport;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.emulator.testing.Condition;
import dev.roundhouse.emulator.testing.TestMachine;
import dev.roundhouse.emulator.testing.Wait;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Carries out a scenario on its bench, step by step. */
final class ScenarioRun {
  private static final long MILLIS_PER_SECOND = 1000;
  private static final int SHORTEST_LINE = 2;

  private final TestMachine bench;
  private final Scenario scenario;
  private final Conditions conditions;
  private final long deadlineNanos;
  private final Set<FailOn> failOn;
  private String lastTyped = "";

  /**
   * A run.
   *
   * @param failOn what makes it fail beside what its file says
   */
  ScenarioRun(TestMachine bench, Scenario scenario, Duration deadline, Set<FailOn> failOn) {
    this.bench = bench;
    this.scenario = scenario;
    this.failOn = failOn;
    conditions = new Conditions(bench);
    deadlineNanos = deadline.toNanos();
  }

  /**
   * What was not as it should be.
   *
   * @param what in one line, with the place in the file
   */
  record Failure(int exitCode, String what) {}

  /** Carries out all steps, or those before the first that fails. */
  Optional<Failure> run() {
    for (Step step : scenario.steps()) {
      Optional<Failure> failure = run(step).or(() -> warned(step));
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private Optional<Failure> run(Step step) {
    try {
      return switch (step) {
        case Step.WaitFor(var _, Duration time) -> pass(step, time);
        case Step.Type(var _, int uart, String text) -> {
          bench.type(uart, text.getBytes(StandardCharsets.ISO_8859_1));
          lastTyped = text;
          yield Optional.empty();
        }
        case Step.EndInput(var _, int uart) -> {
          bench.endInput(uart);
          yield Optional.empty();
        }
        case Step.Expect expect -> expect(expect);
      };
    } catch (IllegalStateException | IllegalArgumentException e) {
      return Optional.of(failure(step, endOr(ExitCode.DIFFERENT), String.valueOf(e.getMessage())));
    } catch (BoundedText.ExhaustedException | StackOverflowError e) {
      return Optional.of(
          failure(
              step,
              ExitCode.DIFFERENT.code(),
              "the regular expression takes too long; make it simpler"));
    }
  }

  /** The exit code of a run that is over, if it says more than that an expectation was not met. */
  private int endOr(ExitCode otherwise) {
    return bench
        .result()
        .map(result -> RunReport.exitCode(result.end()))
        .filter(code -> code != ExitCode.FINISHED.code())
        .orElse(otherwise.code());
  }

  private Optional<Failure> pass(Step step, Duration time) {
    Duration left = left();
    Wait wait = bench.runUntil(Condition.theEndOfTheRun(), time.compareTo(left) < 0 ? time : left);
    if (wait instanceof Wait.Over(RunResult result)) {
      return badEnd(step, result);
    }
    return time.compareTo(left) > 0
        ? Optional.of(
            failure(step, ExitCode.TIMEOUT.code(), "the deadline is over before the wait is"))
        : Optional.empty();
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, deadlineNanos - bench.now().nanos()));
  }

  private Optional<Failure> expect(Step.Expect expect) {
    Condition condition = conditions.of(expect.what());
    Duration left = left();
    Duration limit = expect.within().filter(within -> within.compareTo(left) < 0).orElse(left);
    return switch (bench.runUntil(condition, limit)) {
      case Wait.Reached() ->
          expect.what() instanceof Expected.End
              ? Optional.empty()
              : bench.result().flatMap(result -> badEnd(expect, result));
      case Wait.TimeIsUp() ->
          Optional.of(
              failure(
                  expect,
                  ExitCode.TIMEOUT.code(),
                  "not within "
                      + text(limit)
                      + ": "
                      + condition.text()
                      + present(condition)
                      + typed()));
      case Wait.Over(RunResult result) ->
          Optional.of(
              failure(
                  expect,
                  endOr(ExitCode.DIFFERENT),
                  "the run ended before "
                      + condition.text()
                      + ": "
                      + result.end().text()
                      + present(condition)));
    };
  }

  private Optional<Failure> badEnd(Step step, RunResult result) {
    RunEnd end = result.end();
    boolean isBad =
        switch (end.word()) {
          case "fault", "bad-pointer", "kernel-crash" -> failsOn(FailOn.FAULT);
          case "deadlock" -> failsOn(FailOn.DEADLOCK);
          default -> RunReport.exitCode(end) != ExitCode.FINISHED.code();
        };
    return isBad && !isExpected(end)
        ? Optional.of(failure(step, RunReport.exitCode(end), "the run ended: " + end.text()))
        : Optional.empty();
  }

  /** A later step may be about this very end. */
  private boolean isExpected(RunEnd end) {
    return scenario.steps().stream()
        .anyMatch(step ->
            step instanceof Step.Expect(var _, Expected.End(String word), var _)
                && word.equals(end.word()));
  }

  private boolean failsOn(FailOn what) {
    return failOn.contains(what) || scenario.failOn().contains(what);
  }

  private Optional<Failure> warned(Step step) {
    return bench.complaints().stream()
        .filter(line -> line.startsWith("warning: ") && failsOn(FailOn.WARNING))
        .findFirst()
        .map(line -> failure(step, ExitCode.DIFFERENT.code(), line));
  }

  /** A line that was typed without its end is a mistake that shows nowhere else. */
  private String typed() {
    boolean hasEnter = lastTyped.endsWith("\r") || lastTyped.endsWith("\n");
    return lastTyped.length() < SHORTEST_LINE || hasEnter
        ? ""
        : "; what was typed last has no Enter (\\r) at its end";
  }

  private static String present(Condition condition) {
    return condition.present().isEmpty() ? "" : "; " + condition.present();
  }

  private static String text(Duration time) {
    long millis = time.toMillis();
    if (time.compareTo(Duration.ofMillis(millis)) > 0) {
      return new VirtualTime(time.toNanos()).toString();
    }
    return millis % MILLIS_PER_SECOND == 0 ? millis / MILLIS_PER_SECOND + "s" : millis + "ms";
  }

  private static Failure failure(Step step, int exitCode, String what) {
    return new Failure(exitCode, step.place() + ": " + what);
  }
}
