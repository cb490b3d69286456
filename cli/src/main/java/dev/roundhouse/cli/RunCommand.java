package dev.roundhouse.cli;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.DebugOptions;
import dev.roundhouse.cli.options.ExtrasOptions;
import dev.roundhouse.cli.options.GuardOption;
import dev.roundhouse.cli.options.LineOptions;
import dev.roundhouse.cli.options.MapOption;
import dev.roundhouse.cli.options.ProgramOptions;
import dev.roundhouse.cli.options.RunOptions;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.kernel.report.Strictness;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: runs programs. */
@Command(
    name = "run",
    header = "Run TrainsOS programs.",
    description = {
      "Runs ENTRY.elf as task 1 (program user_entry). The other programs are known by their file"
          + " names without .elf; create finds them by these names. Without a name_server of"
          + " yours, a bundled one is task 2.",
      "",
      "The guest's output goes to stdout as it is, everything else to stderr. A terminal is put"
          + " in raw mode: Ctrl-A x ends the run, Ctrl-A h helps."
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse run hello.elf",
      "  roundhouse run game.elf --programs build/programs --arg ROUNDS=5",
      "  roundhouse run hello.elf --gdb 1234 --wait",
      "  echo 'tr 24 10' | roundhouse run trains.elf --uart 3=tcp:4000 --timeout 60s"
    })
final class RunCommand implements Callable<Integer> {
  private static final int CONSOLE = 2;

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin private ProgramOptions programs = new ProgramOptions();

  @Mixin private LineOptions ends = new LineOptions(CONSOLE);

  @Mixin private MapOption map = new MapOption();

  @Mixin private ExtrasOptions board = new ExtrasOptions();

  @Option(
      names = "--strict",
      description = "End the run when a program first breaks the kernel's contract.")
  private boolean isStrict;

  @Mixin private GuardOption guard = new GuardOption();

  @Mixin private DebugOptions debugger = new DebugOptions();

  @Mixin private RunOptions course = new RunOptions();

  RunCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    Strictness strictness = isStrict ? Strictness.STRICT : Strictness.TOLERANT;
    Session.Outcome outcome =
        new PlannedRun(ends, map, board, course, debugger.plan())
            .run(context, programs.guest(context.messages(), strictness).guarded(guard.guards()));
    if (course.outputs().summary() == RunPlan.Summary.TEXT) {
      programs
          .advice(outcome.result().end())
          .ifPresent(advice -> context.messages().say(Messages.Tone.ASIDE, advice));
    }
    return outcome.exitCode();
  }
}
