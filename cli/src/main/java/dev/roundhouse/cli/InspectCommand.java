package dev.roundhouse.cli;

import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.elf.ElfDescription;
import dev.roundhouse.cli.elf.ElfJson;
import dev.roundhouse.cli.elf.ProgramFile;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.JsonOption;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inspect}: says what is in program files. */
@Command(
    name = "inspect",
    header = "Show what is in a program file, and whether it can be loaded.",
    description = "Works on broken files too. Ends with 3 when a file would be refused.")
final class InspectCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(arity = "1..*", paramLabel = "FILE.elf", description = "The files.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--functions",
      description = "List the functions with their places in the source; --json always has them.")
  private boolean areFunctionsListed;

  @Mixin private JsonOption json = new JsonOption();

  InspectCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ExitCode exitCode = ExitCode.FINISHED;
    List<ElfDescription.Result> results = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        ElfDescription.Result result =
            ElfDescription.of(file.toString(), ProgramFile.read(file, context.messages()));
        if (!json.isWanted()) {
          String functions = areFunctionsListed ? result.functionLines() : "";
          context.out().println(result.text() + functions);
        }
        results.add(result);
        exitCode = result.isLoadable() ? exitCode : ExitCode.PROGRAM;
      } catch (UserError e) {
        String problem = Printable.line(String.valueOf(e.getMessage()));
        context.messages().say(Tone.ERROR, problem);
        problems.add(problem);
        exitCode = e.exitCode();
      }
    }
    if (json.isWanted()) {
      context.out().println(ElfJson.line(results, problems, exitCode.code()));
    }
    context.out().flush();
    return exitCode.code();
  }
}
