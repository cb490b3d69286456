package dev.roundhouse.cli.report;

import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.process.HostErrors;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that a user names with {@code --report}. */
public final class ReportFile {
  private final Path file;
  private final ReportFormat format;

  private ReportFile(Path file, ReportFormat format) {
    this.file = file;
    this.format = format;
  }

  /**
   * A report in a file. To be asked before the cases are run, so that a wrong name costs no time.
   *
   * @throws UserError when its name does not say in what form, or its folder does not exist
   */
  public static ReportFile at(Path file) throws UserError {
    ReportFormat format =
        ReportFormat.of(file)
            .orElseThrow(() ->
                new UserError(
                    ExitCode.USAGE,
                    "--report "
                        + file
                        + ": the name must end in one of "
                        + ReportFormat.endings()));
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UserError(
          ExitCode.USAGE, "--report " + file + ": the folder " + folder + " does not exist");
    }
    if (Files.isDirectory(file)) {
      throw new UserError(ExitCode.USAGE, "--report " + file + ": that is a folder; name a file");
    }
    return new ReportFile(file, format);
  }

  /**
   * Writes the report.
   *
   * @throws UserError when the file cannot be written
   */
  public void write(TestSuite suite) throws UserError {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      format.write(suite, out);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.INTERNAL,
          "--report " + file + ": cannot be written (" + HostErrors.reason(e) + ")",
          e);
    }
  }
}
