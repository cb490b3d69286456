package dev.roundhouse.cli;

import dev.roundhouse.cli.converter.DurationConverter;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.DebugOptions;
import dev.roundhouse.cli.options.JsonOption;
import dev.roundhouse.cli.options.ReplayOptions;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

  @Mixin private DebugOptions debugger = new DebugOptions();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "With --gdb, wait for a debugger at this virtual time, as in 200ms or 1500us.")
  private @Nullable Duration at;

  @Mixin private JsonOption json = new JsonOption();

  ReplayCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    return new Session(context.standard(), context.messages(), context.environment())
        .replay(
            file,
            replay
                .plan(json.isWanted() ? RunPlan.Summary.JSON : RunPlan.Summary.TEXT)
                .debugged(debugging()));
  }

  private Optional<RunPlan.Debugging> debugging() throws UserError {
    Optional<RunPlan.Debugging> plan = debugger.plan();
    Duration time = at;
    if (time == null) {
      return plan;
    }
    if (plan.isEmpty()) {
      throw new UserError(
          ExitCode.USAGE, "--at needs --gdb PORT; the tasks at a time: tasks RECORDING --at TIME");
    }
    return plan.map(each -> each.waitingAt(time));
  }
}
