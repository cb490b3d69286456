package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.emulator.host.HostErrors;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.record.RecordedNotes;
import dev.roundhouse.emulator.record.Recorder;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.RecordingException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recordings as files that users name. */
final class RecordingFile {
  private RecordingFile() {}

  /** Starts to record a run into a file, which is replaced. */
  static Recorder create(Path file, MachineConfig config, RecordedNotes notes) throws UserError {
    try {
      return started(Files.newOutputStream(file), config, notes);
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

  private static Recorder started(OutputStream out, MachineConfig config, RecordedNotes notes)
      throws IOException, RecordingException {
    try {
      return Recorder.start(config, notes, out);
    } catch (IOException | RecordingException e) {
      out.close();
      throw e;
    }
  }

  /** Reads a recording. */
  static Recording read(Path file) throws UserError {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return Recording.read(in);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.PROGRAM,
          file
              + ": cannot be read ("
              + HostErrors.reason(e)
              + "); give a file that was written by run --record",
          e);
    } catch (RecordingException e) {
      throw new UserError(ExitCode.PROGRAM, file + ": " + e.getMessage(), e);
    }
  }
}
