package dev.roundhouse.cli.scenario;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.console.Progress;
import dev.roundhouse.cli.report.TestCase;
import dev.roundhouse.cli.report.TestOutcome;
import dev.roundhouse.cli.report.TestSuite;
import dev.roundhouse.cli.scenario.Scenario.FailOn;
import dev.roundhouse.cli.scenario.Scenario.Step;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.emulator.cpu.FullSystemUnsupportedException;
import dev.roundhouse.emulator.engine.EngineChoice;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.guard.Guard;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.process.Launcher;
import dev.roundhouse.emulator.process.OrderedWork;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.run.InstructionTime;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.emulator.setup.AbiFile;
import dev.roundhouse.emulator.setup.BundledSystem;
import dev.roundhouse.emulator.setup.KernelFile;
import dev.roundhouse.emulator.setup.ProgramShelf;
import dev.roundhouse.emulator.testing.Situation;
import dev.roundhouse.emulator.testing.TestMachine;
import dev.roundhouse.emulator.testing.TestMachinePlan;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.loader.RelocationPolicy;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Strictness;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/** Runs scenarios, each on a machine of its own. */
public final class ScenarioSuite {
  private static final Duration USUAL_DEADLINE = Duration.ofSeconds(60);

  private final EngineChoice engine;
  private final Messages messages;
  private final Set<String> told = new ConcurrentSkipListSet<>();
  private final Settings settings;
  private volatile RecordingNames recordings;

  /**
   * What the command line says of all scenarios.
   *
   * @param expected text that each console has to print in the end
   * @param failOn words: fault, deadlock, violation, warning
   * @param timeout the virtual time that each may take, whatever its file says
   * @param wallTimeout the real time that each may take
   * @param programs a folder whose programs and kernels take the place of the scenarios' own
   * @param recordings a folder for recordings of those that fail
   * @param guards what is watched of the programs' writes
   * @param launcher how the command is started again
   */
  public record Settings(
      List<String> expected,
      Set<String> failOn,
      Optional<Duration> timeout,
      Duration wallTimeout,
      Optional<Path> programs,
      Optional<Path> recordings,
      Set<Guard> guards,
      Launcher launcher) {
    /** Copies the collections. */
    public Settings {
      expected = List.copyOf(expected);
      guards = Set.copyOf(guards);
      failOn = Set.copyOf(failOn);
    }
  }

  /**
   * How it went.
   *
   * @param exitCode of the first scenario that failed
   */
  public record Result(TestSuite suite, int exitCode) {}

  /** Suites on an engine library. */
  public ScenarioSuite(EngineChoice engine, Settings settings, Messages messages) {
    this.engine = engine;
    this.settings = settings;
    this.messages = messages;
    recordings = new RecordingNames(settings.recordings(), List.of());
  }

  /**
   * Runs the scenarios of files and folders, on all cores of the host.
   *
   * @param each hears of each case when it is over, in the order of the files
   * @throws UserError when a file makes no sense; then none is run
   */
  public Result run(List<Path> places, Consumer<TestCase> each) throws UserError {
    List<TestCase> cases = new ArrayList<>();
    List<Integer> exitCodes = new ArrayList<>();
    List<Scenario> scenarios = ScenarioFiles.read(places);
    recordings =
        new RecordingNames(settings.recordings(), scenarios.stream().map(Scenario::file).toList());
    Progress progress = new Progress(messages, "scenarios", scenarios.size());
    OrderedWork.run(
        scenarios,
        () -> this::timed,
        new OrderedWork.Results<>() {
          @Override
          public void take(Done done) {
            cases.add(done.testCase);
            exitCodes.add(done.exitCode);
            each.accept(done.testCase);
            progress.oneMore();
          }

          @Override
          public void stillAtIt() {
            progress.tellIfDue();
          }
        });
    int exitCode =
        exitCodes.stream()
            .filter(code -> code != ExitCode.FINISHED.code())
            .findFirst()
            .orElse(ExitCode.FINISHED.code());
    return new Result(new TestSuite("scenarios", cases), exitCode);
  }

  private record Outcome(TestOutcome outcome, int exitCode) {}

  private record Done(TestCase testCase, int exitCode) {}

  private Done timed(Scenario scenario) {
    long start = System.nanoTime();
    Outcome outcome = run(scenario);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new Done(
        new TestCase(scenario.file().toString(), scenario.name(), outcome.outcome(), took),
        outcome.exitCode());
  }

  private Outcome run(Scenario scenario) {
    try (TestMachine bench = new TestMachine(plan(scenario))) {
      Duration deadline = settings.timeout().or(scenario::deadline).orElse(USUAL_DEADLINE);
      return new ScenarioRun(bench, withMore(scenario), deadline, failOn())
          .run()
          .map(failure -> failed(scenario, bench, failure))
          .orElseGet(() -> new Outcome(new TestOutcome.Passed(), ExitCode.FINISHED.code()));
    } catch (UserError e) {
      return broken(scenario, e, e.exitCode());
    } catch (FullSystemUnsupportedException e) {
      return broken(scenario, e, ExitCode.USAGE);
    }
  }

  private static Outcome broken(Scenario scenario, Exception why, ExitCode exitCode) {
    String message = scenario.file() + ": " + why.getMessage();
    return new Outcome(new TestOutcome.Broken(message, ""), exitCode.code());
  }

  /** With the command line's expectations as its last steps. */
  private Scenario withMore(Scenario scenario) {
    List<Step> steps = new ArrayList<>(scenario.steps());
    Yaml.Place place = new Yaml.Place(scenario.file() + ": --expect", 0, 0);
    for (String text : settings.expected()) {
      var printed = ScenarioReader.printed(scenario.start().console(), text);
      steps.add(new Step.Expect(place, printed, Optional.empty()));
    }
    return new Scenario(
        scenario.file(),
        scenario.name(),
        scenario.start(),
        scenario.deadline(),
        scenario.failOn(),
        steps);
  }

  private Set<FailOn> failOn() {
    Set<FailOn> all = EnumSet.noneOf(FailOn.class);
    settings.failOn().forEach(word -> all.add(FailOn.valueOf(word.toUpperCase(Locale.ROOT))));
    return all;
  }

  private TestMachinePlan plan(Scenario scenario) throws UserError {
    Scenario.Start start = scenario.start();
    Optional<TestMachinePlan.TrackAt> track = Optional.empty();
    if (start.track().isPresent()) {
      Scenario.TrackSetup setup = start.track().get();
      track =
          Optional.of(
              TestMachinePlan.TrackAt.unlessOnCan(
                  setup.uart(), setup.request().on(setup.layout())));
    }
    var limits = new RunLimits(Long.MAX_VALUE, settings.wallTimeout().toNanos());
    return new TestMachinePlan(engine, guest(scenario), start.console(), track, limits);
  }

  private Guest guest(Scenario scenario) throws UserError {
    return switch (scenario.start().guest()) {
      case Scenario.Started.Programs programs -> {
        boolean isStrict =
            scenario.failOn().contains(FailOn.VIOLATION) || failOn().contains(FailOn.VIOLATION);
        Set<Guard> guards = new TreeSet<>(programs.guards());
        guards.addAll(settings.guards());
        var guest =
            new Guest.Programs(
                programs.profile(),
                shelf(programs).catalog(),
                programs.args().stream()
                    .map(arg -> new KernelConfig.Argument(arg.key(), arg.value()))
                    .toList(),
                isStrict ? Strictness.STRICT : Strictness.TOLERANT,
                guards);
        guest.slowness().filter(told::add).ifPresent(why -> messages.say(Tone.WARNING, why));
        yield guest;
      }
      case Scenario.Started.Kernel start -> {
        var kernel =
            new Guest.Kernel(
                KernelFile.read(start.name(), place(start.beside())),
                start.ramBytes(),
                start.onReboot(),
                InstructionTime.OF_CHIP,
                Optional.of(AbiFile.read(start.abi())));
        Session.requireRoom(kernel);
        yield kernel;
      }
    };
  }

  private ProgramShelf shelf(Scenario.Started.Programs start) throws UserError {
    ProgramShelf shelf = new ProgramShelf(RelocationPolicy.REFUSE_UNKNOWN);
    boolean isEntry = start.system().isEmpty();
    for (Path program : start.programs()) {
      Path file = place(program);
      if (isEntry) {
        shelf.addEntry(file);
      } else if (Files.isDirectory(file)) {
        shelf.addFolder(file);
      } else {
        shelf.add(file);
      }
      isEntry = false;
    }
    if (settings.programs().isPresent()) {
      shelf.addFolder(settings.programs().get());
    }
    if (start.system().isPresent()) {
      BundledSystem.named(start.system().get()).addTo(shelf);
    }
    shelf.addServers();
    return shelf;
  }

  /**
   * Where a program or kernel of a scenario is: in the folder that the command line names, if
   * there.
   */
  private Path place(Path file) {
    return settings
        .programs()
        .map(folder -> folder.resolve(String.valueOf(file.getFileName())))
        .filter(Files::exists)
        .orElse(file);
  }

  private Outcome failed(Scenario scenario, TestMachine bench, ScenarioRun.Failure failure) {
    List<String> details = new ArrayList<>(Situation.of(bench));
    advice(scenario, bench).ifPresent(details::add);
    recordings.of(scenario.file()).ifPresent(file -> details.add(recording(bench, file)));
    return new Outcome(
        new TestOutcome.Failed(failure.what(), String.join("\n", details)), failure.exitCode());
  }

  private Optional<String> advice(Scenario scenario, TestMachine bench) {
    return scenario.start().guest() instanceof Scenario.Started.Programs start
            && !start.programs().isEmpty()
            && bench.result().map(RunResult::end).orElse(null)
                instanceof RunEnd.ByModel(EndOfRun why)
            && why instanceof EndOfRun.UnknownProgram unknown
        ? ProgramShelf.advice(place(start.programs().getFirst()), unknown.name())
        : Optional.empty();
  }

  private String recording(TestMachine bench, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        bench.record(out);
      }
      return "again: " + settings.launcher().line("replay", file.toString());
    } catch (IOException | RecordingException | IllegalStateException e) {
      return "no recording: " + e.getMessage();
    }
  }
}
