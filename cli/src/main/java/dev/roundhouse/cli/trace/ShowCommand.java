package dev.roundhouse.cli.trace;

import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.converter.DurationConverter;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.observe.TraceFile;
import dev.roundhouse.emulator.timeline.FilteredTrace;
import dev.roundhouse.emulator.timeline.TraceFilter;
import dev.roundhouse.emulator.timeline.TraceNames;
import dev.roundhouse.emulator.timeline.TraceText;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trace show}: the events, a line each. */
@Command(
    name = "show",
    header = "Show the events of a run, one a line.",
    description = {
      "A call stands with its result if that comes at once; else a later line has it, and how long"
          + " the call took. Times are virtual."
    })
final class ShowCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin private TraceSource source = new TraceSource();

  @Option(
      names = "--task",
      paramLabel = "T",
      description = "Only what this task does, by its tid or the name of its program.")
  private @Nullable String task;

  @Option(
      names = "--call",
      paramLabel = "CALL",
      description = "Only this system call, such as send, and its results.")
  private @Nullable String call;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "From this virtual time on, as in 1s or 1500us.")
  private Duration from = Duration.ZERO;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Up to this virtual time.")
  private Duration to = Duration.ofNanos(Long.MAX_VALUE);

  @Option(names = "--json", description = "As JSON, in the form of --trace.")
  private boolean isJson;

  ShowCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    if (from.compareTo(to) > 0) {
      throw new UserError(ExitCode.USAGE, "--from is after --to; nothing is between them");
    }
    TraceFilter filter =
        new TraceFilter(
            Optional.ofNullable(task), Optional.ofNullable(call), from.toNanos(), to.toNanos());
    PrintStream out = context.out();
    int exitCode;
    if (isJson) {
      TraceFile lines = new TraceFile(out);
      exitCode = tell(filter, new FilteredTrace(filter, lines));
      lines.flush();
    } else {
      TraceText text = new TraceText(filter, out::append);
      exitCode = tell(filter, text);
      text.end();
    }
    out.flush();
    return exitCode;
  }

  /** One who asks for what the trace does not have is told what it has. */
  private int tell(TraceFilter filter, TraceSink sink) throws UserError {
    TraceNames names = new TraceNames(sink);
    int exitCode = source.tell(context, filter.to(), names);
    names.missing(filter).ifPresent(line -> context.messages().say(Tone.WARNING, line));
    return exitCode;
  }
}
