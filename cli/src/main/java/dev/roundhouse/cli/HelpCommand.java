package dev.roundhouse.cli;

import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.devices.text.SimilarNames;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code help}: shows the help of a command. */
@Command(name = "help", header = "Show the help of a command.")
final class HelpCommand implements Callable<Integer> {
  private static final String HELP = "--help";

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      completionCandidates = Names.class,
      description = "The command; without, what commands there are.")
  private String command = "";

  /** The names of commands. */
  record Names() implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Commands.NAMES.iterator();
    }
  }

  HelpCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    if (command.isEmpty()) {
      return Commands.forWords(context).execute(HELP);
    }
    if (!Commands.NAMES.contains(command)) {
      String alike = SimilarNames.hint(command, Commands.NAMES);
      throw new UserError(
          ExitCode.USAGE,
          "help: there is no command '"
              + command
              + "'"
              + (alike.isEmpty() ? "; there are " + String.join(", ", Commands.NAMES) : alike));
    }
    return Commands.forWords(context, command).execute(command, HELP);
  }
}
