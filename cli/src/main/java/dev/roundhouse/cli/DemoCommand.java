package dev.roundhouse.cli;

import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.demo.TrainShow;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.devices.text.SimilarNames;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.process.Launcher;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.setup.BundledSystem;
import dev.roundhouse.emulator.setup.ProgramShelf;
import dev.roundhouse.emulator.setup.TrackRequest;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.RelocationPolicy;
import dev.roundhouse.kernel.report.Strictness;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code demo}: runs a bundled show. */
@Command(
    name = "demo",
    header = "Watch two trains drive by themselves on a simulated track.",
    description = {
      "Runs programs that come with roundhouse: a train control that drives two trains over Track A"
          + " for a virtual minute, on a terminal with a map, and how well they came to where"
          + " they were sent. Needs no files.",
      "",
      "The show 'tasks' has a name server, a clock server, a game between tasks and a measurement"
          + " of messages."
    })
final class DemoCommand implements Callable<Integer> {
  private static final int CONSOLE = 2;

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SHOW",
      defaultValue = "trains",
      converter = ShowConverter.class,
      completionCandidates = Shows.class,
      description = "trains or tasks (default: ${DEFAULT-VALUE}).")
  private Show show = Show.TRAINS;

  @Option(
      names = "--engine",
      paramLabel = "FILE",
      description = "The engine library to use, in place of the best that is found.")
  private @Nullable Path engine;

  /** What there is to see. */
  enum Show {
    TRAINS,
    TASKS
  }

  DemoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    Optional<Path> library = Optional.ofNullable(engine);
    return switch (show) {
      case TRAINS ->
          new TrainShow(
                  context.out(),
                  context.messages(),
                  context.environment(),
                  context.standard().endings())
              .show(library);
      case TASKS -> showTasks(library);
    };
  }

  private int showTasks(Optional<Path> library) throws UserError {
    ProgramShelf shelf = new ProgramShelf(RelocationPolicy.REFUSE_UNKNOWN);
    BundledSystem.named("demo").addTo(shelf);
    Guest guest =
        new Guest.Programs(
            AbiProfile.trainsOs(),
            shelf.catalog(),
            List.of(new KernelConfig.Argument("END", "stop")),
            Strictness.TOLERANT);
    RunPlan plan =
        new RunPlan(
            library,
            guest,
            new RunPlan.Lines(CONSOLE, RunPlan.ConsoleInput.NONE, Map.of(), TrackRequest.NONE),
            new RunPlan.Pace(RunLimits.NONE, MachineConfig.Pacing.UNPACED),
            new RunPlan.Outputs(Optional.empty(), Optional.empty(), RunPlan.Summary.FAILURES_ONLY));
    Session.Outcome outcome =
        new Session(context.standard(), context.messages(), context.environment()).run(plan);
    if (outcome.isGood()) {
      sayWhatWasSeen(outcome);
    }
    return outcome.exitCode();
  }

  private void sayWhatWasSeen(Session.Outcome outcome) {
    String run = Launcher.of(context.environment()).line("run");
    context
        .messages()
        .say(
            Tone.ASIDE,
            "seven AArch64 programs made "
                + outcome.result().kernelEntries()
                + " system calls in "
                + outcome.result().at()
                + " of virtual time, the same in each run.\n"
                + "Yours next: "
                + run
                + " ENTRY.elf [MORE.elf ...]; all options: "
                + run
                + " --help");
  }

  /** The names of shows. */
  record Shows() implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("trains", "tasks").iterator();
    }
  }

  /** Reads the name of a show. */
  static final class ShowConverter implements ITypeConverter<Show> {
    @Override
    public Show convert(String text) {
      return switch (text) {
        case "trains" -> Show.TRAINS;
        case "tasks" -> Show.TASKS;
        default ->
            throw new TypeConversionException(
                "'"
                    + text
                    + "': there are the shows trains and tasks"
                    + SimilarNames.hint(text, List.of("trains", "tasks")));
      };
    }
  }
}
