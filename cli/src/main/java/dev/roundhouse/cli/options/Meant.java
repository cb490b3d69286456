package dev.roundhouse.cli.options;

import dev.roundhouse.devices.text.SimilarNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a user may have meant by a word that is no option or command. */
public final class Meant {
  private Meant() {}

  /**
   * Such as {@code ; did you mean --timeout?}, or empty.
   *
   * @param commands all commands by their names, in order
   */
  public static String by(ParameterException e, Map<String, CommandLine> commands) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return "";
    }
    String word = String.valueOf(unmatched.getUnmatched().getFirst());
    CommandLine command = e.getCommandLine();
    boolean isRoot = command.getParent() == null;
    if (word.startsWith("-")) {
      int equals = word.indexOf('=');
      String option = equals < 0 ? word : word.substring(0, equals);
      List<String> owners = isRoot ? List.of() : owners(option, commands);
      return owners.isEmpty()
          ? SimilarNames.hint(option, options(command))
          : ofOthers(option, owners, command.getCommandName());
    }
    String similar = SimilarNames.hint(word, command.getSubcommands().keySet());
    return isRoot ? forFile(word, similar) : similar;
  }

  private static List<String> owners(String option, Map<String, CommandLine> commands) {
    return commands.entrySet().stream()
        .filter(command -> command.getValue().getCommandSpec().findOption(option) != null)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A kernel is often booted with what only programs on the kernel model can be watched with. */
  private static String ofOthers(String option, List<String> owners, String command) {
    String others = "; " + option + " is an option of " + String.join(", ", owners);
    return command.equals("boot") && owners.contains("run")
        ? others + ", for programs on the kernel model: start those with 'run'"
        : others;
  }

  /** What is wrong, in a line or more. */
  public static String problem(ParameterException e) {
    CommandLine command = e.getCommandLine();
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()
        || unmatched.getUnmatched().getFirst().startsWith("-")
        || command.getSubcommands().isEmpty()) {
      return String.valueOf(e.getMessage());
    }
    String word = "'" + unmatched.getUnmatched().getFirst() + "'";
    return command.getParent() == null
        ? "there is no command " + word
        : word + " is none of " + String.join(", ", command.getSubcommands().keySet());
  }

  private static Collection<String> options(CommandLine command) {
    List<String> names = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
    names.removeIf(name -> !name.startsWith("--"));
    return names;
  }

  /** Whoever gives a file without a command wants what is usually done with such a file. */
  private static String forFile(String word, String otherwise) {
    String command =
        switch (word.substring(word.lastIndexOf('.') + 1)) {
          case "elf" -> "run";
          case "img" -> "boot";
          case "yaml", "yml" -> "test";
          case "rec" -> "replay";
          default -> "";
        };
    return command.isEmpty() ? otherwise : "; did you mean " + command + " " + word + "?";
  }
}
