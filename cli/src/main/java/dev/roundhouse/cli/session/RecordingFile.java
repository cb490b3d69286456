package dev.roundhouse.cli.session;

import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.FileKind;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserFile;
import dev.roundhouse.emulator.machine.Extras;
import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.format.RecordingException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recordings as files that users name. */
public final class RecordingFile {
  private RecordingFile() {}

  /** Starts a recording on a stream. */
  @FunctionalInterface
  interface Start<R> {
    R on(OutputStream out) throws IOException, RecordingException;
  }

  /**
   * Checks that a run can be recorded if that is wished.
   *
   * @throws UserError if it cannot
   */
  static void requireRecordable(RunPlan.Outputs outputs, Extras extras) throws UserError {
    if (outputs.recording().isPresent() && !extras.sharedMemory().isEmpty()) {
      throw new UserError(
          ExitCode.USAGE,
          "--record: a run with --shared-memory cannot be recorded, because other processes write"
              + " to its memory; leave one of the two away");
    }
  }

  /** Starts to record a run into a file, which is replaced. */
  static <R> R create(Path file, Start<R> start) throws UserError {
    try {
      return started(Files.newOutputStream(file), start);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          "--record "
              + file
              + ": cannot be written ("
              + HostErrors.reason(e)
              + "); give the path of a file",
          e);
    } catch (RecordingException e) {
      throw new UserError(ExitCode.USAGE, "--record " + file + ": " + e.getMessage(), e);
    }
  }

  private static <R> R started(OutputStream out, Start<R> start)
      throws IOException, RecordingException {
    try {
      return start.on(out);
    } catch (IOException | RecordingException e) {
      out.close();
      throw e;
    }
  }

  /**
   * Reads a recording. What it holds is bounded, but a heap may be smaller than the bounds; what
   * was read up to then is let go.
   */
  public static Recording read(Path file) throws UserError {
    return UserFile.of(file, FileKind.RECORDING)
        .read(in -> {
          try {
            return Recording.read(new BufferedInputStream(in));
          } catch (RecordingException e) {
            throw new UserError(ExitCode.PROGRAM, file + ": " + e.getMessage(), e);
          } catch (OutOfMemoryError e) {
            throw tooLarge(file, e);
          }
        });
  }

  private static UserError tooLarge(Path file, OutOfMemoryError e) {
    return new UserError(
        ExitCode.PROGRAM,
        file
            + ": holds more than there is memory for; set ROUNDHOUSE_JVM_OPTIONS=-Xmx2g, or record"
            + " a shorter run",
        e);
  }
}
