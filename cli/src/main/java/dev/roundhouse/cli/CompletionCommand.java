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
    description = "Prints a script that lets a shell complete commands, options and their values.",
    footer = {"", "Example:", "  source <(roundhouse completion)"})
final class CompletionCommand implements Callable<Integer> {
  /** Offers files beside the words of parameters that take either. */
  private static final String WITH_FILES =
      """

      function _complete_roundhouse_with_files() {
        _complete_roundhouse "$@"
        local word="${COMP_WORDS[COMP_CWORD]}"
        case "${COMP_WORDS[1]} ${COMP_WORDS[COMP_CWORD-1]} $word" in
          *" -"*) ;;
          "run "* | "boot "* | "diff "* | "track "*)
            COMPREPLY+=( $(compgen -f -- "$word") ) ;;
        esac
      }
      complete -F _complete_roundhouse_with_files -o default roundhouse
      """;

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  CompletionCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.out().print(AutoComplete.bash(Commands.NAME, Commands.all(context)) + WITH_FILES);
    context.out().flush();
    return ExitCode.FINISHED.code();
  }
}
