package dev.roundhouse.cli;

import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.JsonOption;
import dev.roundhouse.cli.options.ReplayOptions;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.emulator.file.UserError;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code replay}: runs a recording again. */
@Command(
    name = "replay",
    header = "Run a recording again, exactly.",
    description = {
      "FILE was written by run or boot with --record and holds all that the run was made of:"
          + " programs or the kernel, arguments, input and its times. The replay prints what the run printed, compares"
          + " each step, and stops at the first difference with exit code 7. Otherwise it ends with"
          + " the exit code of the run.",
      "",
      "The recording of a run that was killed replays up to its last check point."
    })
final class ReplayCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "The recording.")
  private Path file = Path.of("");

  @Mixin private ReplayOptions replay = new ReplayOptions();

  @Mixin private JsonOption json = new JsonOption();

  ReplayCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    return new Session(context.standard(), context.messages(), context.environment())
        .replay(file, replay.plan(json.isWanted() ? RunPlan.Summary.JSON : RunPlan.Summary.TEXT));
  }
}
