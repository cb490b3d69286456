package dev.roundhouse.cli.trace;

import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code trace}: what can be made of traces, and of recordings, which need none. */
@Command(
    name = "trace",
    header = "Show what happened in a run, and make timelines of it.",
    description = {
      "Reads what run or boot wrote with --trace, or with --record: a recording is run again and its"
          + " events are taken from that."
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse trace show run.rec --task clock_server --from 1s --to 2s",
      "  roundhouse trace stats run.trace",
      "  roundhouse trace export run.rec --perfetto run.pftrace"
    })
public final class TraceCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  private TraceCommand() {}

  /** The command with its commands. */
  public static CommandLine all(CommandContext context) {
    return new CommandLine(new TraceCommand())
        .addSubcommand("show", new ShowCommand(context))
        .addSubcommand("stats", new StatsCommand(context))
        .addSubcommand("export", new ExportCommand(context));
  }

  @Override
  public Integer call() throws UserError {
    throw new UserError(ExitCode.USAGE, "trace needs one of show, stats and export, and a file");
  }
}
