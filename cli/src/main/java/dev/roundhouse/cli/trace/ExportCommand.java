package dev.roundhouse.cli.trace;

import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.session.TraceSession;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.observe.TraceFile;
import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.emulator.timeline.PerfettoTrace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trace export}: a run in the form of other tools. */
@Command(
    name = "export",
    header = "Write a run's events for other tools.",
    description = {
      "For Perfetto (open the file at ui.perfetto.dev; nothing is sent anywhere): a track for each task with its"
          + " states, its calls, and an arrow for each message; the processor, serial lines, trains."
    })
final class ExportCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 1 << 16;

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin private TraceSource source = new TraceSource();

  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  /** What is written, and where to. */
  private static final class Target {
    @Option(names = "--perfetto", paramLabel = "FILE", description = "Write a Perfetto timeline.")
    private @Nullable Path perfetto;

    @Option(
        names = "--jsonl",
        paramLabel = "FILE",
        description = "Write JSON, a line for each event, as --trace does.")
    private @Nullable Path jsonl;
  }

  ExportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    Path file = target.perfetto == null ? target.jsonl : target.perfetto;
    if (file == null) {
      throw new UserError(ExitCode.USAGE, "export needs --perfetto FILE or --jsonl FILE");
    }
    TraceSession.requireReadable(source.file());
    try {
      if (Files.exists(file) && Files.isSameFile(file, source.file())) {
        throw new UserError(
            ExitCode.USAGE, file + ": is what is to be exported; give another file to write");
      }
      try (OutputStream out = open(file)) {
        return export(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + HostErrors.reason(e), e);
    }
  }

  private static OutputStream open(Path file) throws UserError {
    try {
      return new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          file + ": cannot be written (" + HostErrors.reason(e) + "); give the path of a file",
          e);
    }
  }

  private int export(OutputStream out) throws UserError {
    if (target.perfetto == null) {
      TraceFile lines = new TraceFile(out);
      int exitCode = source.tell(context, Long.MAX_VALUE, lines);
      lines.flush();
      return exitCode;
    }
    PerfettoTrace timeline = new PerfettoTrace(out);
    int exitCode = source.tell(context, Long.MAX_VALUE, timeline);
    timeline.end();
    return exitCode;
  }
}
