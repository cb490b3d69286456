package dev.roundhouse.cli;

import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.emulator.file.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code completion}: writes a completion script. */
@Command(
    name = "completion",
    header = "Print a completion script for bash and zsh.",
    description = "Prints a script that lets a shell complete commands and options.",
    footer = {"", "Example:", "  source <(roundhouse completion)"})
final class CompletionCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  CompletionCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.out().print(AutoComplete.bash(Commands.NAME, Commands.all(context)));
    context.out().flush();
    return ExitCode.FINISHED.code();
  }
}
