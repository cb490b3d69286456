package dev.roundhouse.cli.session;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.observe.TraceFile;
import dev.roundhouse.emulator.process.HostErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a run's trace goes: into the file that the user names, or nowhere. */
final class OpenTrace implements AutoCloseable {
  private final Optional<Path> file;
  private final Optional<TraceFile> trace;

  private OpenTrace(Optional<Path> file, Optional<TraceFile> trace) {
    this.file = file;
    this.trace = trace;
  }

  /** Opens the file, which is replaced. */
  static OpenTrace at(Optional<Path> file) throws UserError {
    return file.isEmpty()
        ? new OpenTrace(file, Optional.empty())
        : new OpenTrace(file, Optional.of(create(file.get())));
  }

  private static TraceFile create(Path file) throws UserError {
    try {
      return new TraceFile(Files.newOutputStream(file));
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
        throw new UncheckedIOException(file.orElseThrow() + ": " + HostErrors.reason(e), e);
      }
    }
  }
}
