package dev.roundhouse.cli;

import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.process.HostErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** {@code man-pages}: writes the sources of manual pages. */
@Command(
    name = "man-pages",
    header = "Write manual pages as AsciiDoc.",
    description = "Writes a page for each command into a folder, for asciidoctor to turn into man.",
    footer = {"", "Example:", "  roundhouse man-pages man && asciidoctor -b manpage man/*.adoc"})
final class ManPagesCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FOLDER", description = "Where the pages go; made if need be.")
  private Path folder = Path.of("");

  ManPagesCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    try {
      Files.createDirectories(folder);
      return ManPageGenerator.generateManPage(
          folder.toFile(), null, new boolean[0], true, Commands.all(context).getCommandSpec());
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          folder + ": cannot be written (" + HostErrors.reason(e) + "); give a folder of yours",
          e);
    }
  }
}
