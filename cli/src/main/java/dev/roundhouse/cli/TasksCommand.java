package dev.roundhouse.cli;

import dev.roundhouse.cli.converter.AbiConverter;
import dev.roundhouse.cli.converter.DurationConverter;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.ReplayOptions;
import dev.roundhouse.cli.options.Values;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.cli.session.TasksSession;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.kernel.abi.CallAbi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasks}: the tasks of a recording at a time. */
@Command(
    name = "tasks",
    header = "Show the tasks of a recording at a time.",
    description = {
      "FILE was written by run or boot with --record. It is replayed up to a time, or to its end, and the tasks there"
          + " are shown: what they wait for and since when, where in their source, their share of the processor and"
          + " how much of their stacks was in use at most."
    })
final class TasksCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "The recording.")
  private Path file = Path.of("");

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "The virtual time, as in 200ms or 1500us; the end of the run otherwise.")
  private @Nullable Duration at;

  @Option(names = "--json", description = "Show them as one JSON object in one line.")
  private boolean json;

  @Option(
      names = "--abi",
      paramLabel = "PROFILE",
      converter = AbiConverter.class,
      completionCandidates = Values.Abis.class,
      description = {
        "What the system calls of a booted kernel are, which tells its tasks: trainsos, course, mini, sel4, or a file"
            + " (docs/abi-profiles.md)."
      })
  private CallAbi abi = CallAbi.UNKNOWN;

  @Mixin private ReplayOptions replay = new ReplayOptions();

  TasksCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    Session session = new Session(context.standard(), context.messages(), context.environment());
    return new TasksSession(session, context.out(), abi)
        .show(
            file,
            Optional.ofNullable(at),
            replay.plan(RunPlan.Summary.TEXT),
            json ? TasksSession.Form.JSON : TasksSession.Form.TEXT);
  }
}
