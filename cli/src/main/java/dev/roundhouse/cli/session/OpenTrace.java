package dev.roundhouse.cli.session;

import dev.roundhouse.cli.session.RunPlan.Trace.Detail;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.observe.TraceFile;
import dev.roundhouse.emulator.process.HostErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a run's trace goes: into the file that the user names, or nowhere. */
final class OpenTrace implements AutoCloseable {
  /** How names end of files that are to have the compact form. */
  private static final String COMPACT = ".rht";

  private final Optional<RunPlan.Trace> wanted;
  private final Optional<TraceFile> trace;

  private OpenTrace(Optional<RunPlan.Trace> wanted, Optional<TraceFile> trace) {
    this.wanted = wanted;
    this.trace = trace;
  }

  /** Opens the file, which is replaced. */
  static OpenTrace as(Optional<RunPlan.Trace> wanted) throws UserError {
    return wanted.isEmpty()
        ? new OpenTrace(wanted, Optional.empty())
        : new OpenTrace(wanted, Optional.of(create(wanted.get().file())));
  }

  private static TraceFile create(Path file) throws UserError {
    try {
      OutputStream out = Files.newOutputStream(file);
      return file.toString().endsWith(COMPACT) ? TraceFile.compact(out) : new TraceFile(out);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          "--trace "
              + file
              + ": cannot be written ("
              + HostErrors.reason(e)
              + "); give the path of a file",
          e);
    }
  }

  /** Has the trace tell of this machine's source, if that is wanted. */
  void of(Machine machine) {
    if (wanted.map(RunPlan.Trace::detail).orElse(Detail.EVENTS) == Detail.WITH_SOURCE) {
      trace.orElseThrow().tell(machine::source);
    }
  }

  TraceSink sink() {
    return trace.isPresent() ? trace.get() : new SilentTrace();
  }

  /** Lets the file have what there is; any thread may do so. */
  void flush() {
    trace.ifPresent(TraceFile::flush);
  }

  @Override
  public void close() {
    if (trace.isPresent()) {
      try {
        trace.get().close();
      } catch (IOException e) {
        throw new UncheckedIOException(
            wanted.orElseThrow().file() + ": " + HostErrors.reason(e), e);
      }
    }
  }
}
