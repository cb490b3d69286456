package dev.roundhouse.cli;

import dev.roundhouse.cli.console.Progress;
import dev.roundhouse.cli.converter.ProfileConverter;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.report.ReportFile;
import dev.roundhouse.cli.report.TestCase;
import dev.roundhouse.cli.report.TestOutcome;
import dev.roundhouse.cli.report.TestSuite;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.emulator.conformance.BehaviourDocument;
import dev.roundhouse.emulator.conformance.CaseRunner;
import dev.roundhouse.emulator.conformance.Coverage;
import dev.roundhouse.emulator.conformance.Mismatch;
import dev.roundhouse.emulator.conformance.cases.ConformanceCase;
import dev.roundhouse.emulator.conformance.cases.ConformanceSuite;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.process.OrderedWork;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code conform}: runs the conformance suite. */
@Command(
    name = "conform",
    header = "Check the kernel model, case by case.",
    description = {
      "Runs the conformance suite: small systems of system calls with the results, the order and"
          + " the end states that the kernel's source or the specification of CS 452 demands. Each"
          + " case runs on the kernel model alone and through the engine; both must agree.",
      "",
      "Exit code 0 if all cases pass, 7 if one does not."
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse conform",
      "  roundhouse conform --only send --profile course",
      "  roundhouse conform --report conformance.xml"
    })
final class ConformCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "trainsos",
      converter = ProfileConverter.class,
      description =
          "The kernel to check: trainsos, or course for the specification of CS 452 (default:"
              + " ${DEFAULT-VALUE}).")
  private AbiProfile profile = AbiProfile.trainsOs();

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      description = "Only the cases that have this in their names, such as send.")
  private String only = "";

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a report: JUnit's for .xml, TAP for .tap, JSON for .json.")
  private @Nullable Path report;

  @Option(
      names = "--engine",
      paramLabel = "FILE",
      description = "The engine library to use, in place of the best that is found.")
  private @Nullable Path engine;

  @ArgGroup private Instead instead = new Instead();

  /** What to do in place of running the cases. */
  private static final class Instead {
    @Option(names = "--list", description = "List the cases, one a line, and do not run them.")
    private boolean isListWanted;

    @Option(
        names = "--coverage",
        description = "Show which case shows which outcome of which system call.")
    private boolean isCoverageWanted;

    @Option(
        names = "--document",
        description = "Print the page docs/kernel-behaviour.md, which is made of the cases.")
    private boolean isDocumentWanted;
  }

  ConformCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    PrintStream out = context.out();
    if (instead.isDocumentWanted) {
      out.print(BehaviourDocument.text());
      return ExitCode.FINISHED.code();
    }
    if (instead.isCoverageWanted) {
      return coverage(out);
    }
    List<ConformanceCase> cases = ConformanceSuite.of(profile, only);
    if (cases.isEmpty()) {
      throw new UserError(
          ExitCode.USAGE, "--only " + only + ": no case has that in its name; see conform --list");
    }
    if (instead.isListWanted) {
      cases.forEach(one -> out.println(one.name() + "  " + one.says()));
      return ExitCode.FINISHED.code();
    }
    return run(cases, out);
  }

  private int coverage(PrintStream out) {
    Coverage coverage = Coverage.of(profile);
    out.print(coverage.table());
    int missing = coverage.missing().size();
    out.printf(
        "%s: %d outcomes of system calls, %s%n",
        profile.name(),
        coverage.cases().size(),
        missing == 0 ? "each shown by a case" : missing + " shown by no case");
    return missing == 0 ? ExitCode.FINISHED.code() : ExitCode.DIFFERENT.code();
  }

  private int run(List<ConformanceCase> cases, PrintStream out) throws UserError {
    Optional<ReportFile> file =
        report == null ? Optional.empty() : Optional.of(ReportFile.at(report));
    Engine chosen =
        new Session(context.standard(), context.messages(), context.environment())
            .choose(Optional.ofNullable(engine))
            .engine();
    Instant begun = Instant.now();
    List<TestCase> done = onAllCores(cases, chosen, out);
    TestSuite suite = new TestSuite("conformance-" + profile.name(), done);
    if (file.isPresent()) {
      file.get().write(suite);
    }
    long failed = suite.count(TestOutcome.Failed.class);
    out.printf(
        "%s: %d cases on the model and through the engine, %s (%.1f s)%n",
        profile.name(),
        done.size(),
        failed == 0 ? "all pass" : failed + " fail",
        Duration.between(begun, Instant.now()).toMillis() / 1e3);
    return suite.isGood() ? ExitCode.FINISHED.code() : ExitCode.DIFFERENT.code();
  }

  private List<TestCase> onAllCores(List<ConformanceCase> cases, Engine chosen, PrintStream out) {
    List<TestCase> done = new ArrayList<>();
    Progress progress = new Progress(context.messages(), "cases", cases.size());
    OrderedWork.run(
        cases,
        () -> {
          CaseRunner runner = CaseRunner.onBoth(profile, chosen);
          return one -> run(runner, one);
        },
        new OrderedWork.Results<>() {
          @Override
          public void take(Done one) {
            done.add(one.testCase);
            out.print(one.text);
            progress.oneMore();
          }

          @Override
          public void stillAtIt() {
            progress.tellIfDue();
          }
        });
    return done;
  }

  /** A case that was run, and what is printed of it. */
  private record Done(TestCase testCase, String text) {}

  private static Done run(CaseRunner runner, ConformanceCase one) {
    Instant start = Instant.now();
    List<Mismatch> differences = runner.run(one);
    Duration took = Duration.between(start, Instant.now());
    String name = one.name().substring(one.group().length() + 1);
    if (differences.isEmpty()) {
      return new Done(new TestCase(one.group(), name, new TestOutcome.Passed(), took), "");
    }
    String details = differences.stream().map(Mismatch::text).collect(Collectors.joining("\n"));
    String text =
        "FAIL %s: %s%n%s%n  from %s%n"
            .formatted(
                one.name(),
                one.says(),
                details.indent(2).stripTrailing(),
                one.sources().getFirst().citation());
    return new Done(
        new TestCase(one.group(), name, new TestOutcome.Failed(one.says(), details), took), text);
  }
}
