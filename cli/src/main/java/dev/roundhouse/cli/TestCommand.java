package dev.roundhouse.cli;

import dev.roundhouse.cli.converter.DurationConverter;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.GuardOption;
import dev.roundhouse.cli.report.ReportFile;
import dev.roundhouse.cli.report.TestCase;
import dev.roundhouse.cli.report.TestOutcome;
import dev.roundhouse.cli.report.TestSuite;
import dev.roundhouse.cli.scenario.ScenarioSuite;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.process.Launcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code test}: runs scenario files. */
@Command(
    name = "test",
    header = "Run scenario files: start, type, expect.",
    description = {
      "Each scenario is a YAML file that says which programs start, what is typed and what must come"
          + " of it, in virtual time; see docs/scenarios.md. A folder stands for all *.yaml in it.",
      "",
      "Ends with the exit code of the first scenario that failed: the one that run would have had,"
          + " 42 for what did not come in time, 7 for what came out otherwise."
    },
    footer = {"", "Example:", "  roundhouse test scenarios/ --report report.xml"})
final class TestCommand implements Callable<Integer> {
  private static final Set<String> FAIL_ON = Set.of("fault", "deadlock", "violation", "warning");

  private static final int LONGEST_LINE = 900;

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Scenario files, or folders.")
  private List<Path> places = new ArrayList<>();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a report into this file: .xml as of JUnit, .tap, or .json.")
  private @Nullable Path report;

  @Option(
      names = "--expect",
      paramLabel = "TEXT",
      description = "Text that each scenario's console must print in the end, too.")
  private List<String> expected = new ArrayList<>();

  @Option(
      names = "--fail-on",
      paramLabel = "WHAT",
      split = ",",
      description =
          "Let each scenario fail on it, too: violation or warning (fault and deadlock always do).")
  private List<String> failOn = new ArrayList<>();

  @Mixin private GuardOption guard = new GuardOption();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "The virtual time that each scenario may take, in place of its deadline.")
  private @Nullable Duration timeout;

  @Option(
      names = "--wall-timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "5m",
      description = "The real time that each scenario may take (default: ${DEFAULT-VALUE}).")
  private Duration wallTimeout = Duration.ZERO;

  @Option(
      names = "--programs",
      paramLabel = "DIR",
      description =
          "Take programs and kernels from this folder when they are there, by their files' names, in"
              + " place of the scenarios' own.")
  private @Nullable Path programs;

  @Option(
      names = "--recordings",
      paramLabel = "FOLDER",
      description = "Keep a recording of each scenario that fails, for the command replay.")
  private @Nullable Path recordings;

  @Option(
      names = "--engine",
      paramLabel = "FILE",
      description = "The engine library to use, in place of the best that is found.")
  private @Nullable Path engine;

  TestCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    for (String word : failOn) {
      if (!FAIL_ON.contains(word)) {
        throw new UserError(
            ExitCode.USAGE,
            "--fail-on " + word + ": give some of " + String.join(", ", new TreeSet<>(FAIL_ON)));
      }
    }
    Optional<ReportFile> file =
        report == null ? Optional.empty() : Optional.of(ReportFile.at(report));
    var settings =
        new ScenarioSuite.Settings(
            expected,
            new TreeSet<>(failOn),
            Optional.ofNullable(timeout),
            wallTimeout,
            Optional.ofNullable(programs),
            Optional.ofNullable(recordings),
            guard.guards(),
            Launcher.of(context.environment()));
    var choice =
        new Session(context.standard(), context.messages(), context.environment())
            .choose(Optional.ofNullable(engine));
    ScenarioSuite.Result result =
        new ScenarioSuite(choice, settings, context.messages()).run(places, this::tell);
    if (file.isPresent()) {
      file.get().write(result.suite());
    }
    context.out().println(summary(result.suite()));
    context.out().flush();
    return result.exitCode();
  }

  private void tell(TestCase done) {
    switch (done.outcome()) {
      case TestOutcome.Passed() -> line("ok      " + done.group() + ": " + done.name());
      case TestOutcome.Skipped(String reason) -> line("skipped " + done.group() + ": " + reason);
      case TestOutcome.Failed(String message, String details) ->
          problem("FAILED ", message, details);
      case TestOutcome.Broken(String message, String details) ->
          problem("BROKEN ", message, details);
    }
  }

  private void problem(String word, String message, String details) {
    line(word + " " + message);
    details.lines().forEach(each -> line("        " + each));
  }

  /** Programs' output and names from files are in it: they are not passed on as they are. */
  private void line(String text) {
    context.out().println(Printable.line(text, LONGEST_LINE));
  }

  private static String summary(TestSuite suite) {
    long bad = suite.count(TestOutcome.Failed.class) + suite.count(TestOutcome.Broken.class);
    return suite.cases().size()
        + (suite.cases().size() == 1 ? " scenario: " : " scenarios: ")
        + suite.count(TestOutcome.Passed.class)
        + " passed"
        + (bad == 0 ? "" : ", " + bad + " failed");
  }
}
