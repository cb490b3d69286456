package dev.roundhouse.cli.trace;

import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.timeline.TraceStatistics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trace stats}: figures of each task. */
@Command(
    name = "stats",
    header = "Show what a run's tasks did with their time.",
    description = {
      "For each task: its share of the processor; its calls; how many messages it sent and how long"
          + " they took to be answered (mean and longest); how many it answered and how long after it"
          + " had received them; how many senders were queued at most; what it waited for longest."
          + " Then priority inversions: a task waits for a less urgent one that could run, while a"
          + " third, less urgent than the first, does."
    })
final class StatsCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin private TraceSource source = new TraceSource();

  @Option(names = "--json", description = "As one JSON object in one line.")
  private boolean isJson;

  StatsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    TraceStatistics statistics = new TraceStatistics();
    int exitCode = source.tell(context, Long.MAX_VALUE, statistics);
    statistics.end();
    if (isJson) {
      context.out().println(statistics.json());
    } else {
      statistics.lines().forEach(context.out()::println);
    }
    context.out().flush();
    return exitCode;
  }
}
