package dev.roundhouse.cli.options;

import dev.roundhouse.emulator.file.ExitCode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;

/** The exit codes that a command can end with, for its help. */
public final class CommandExits {
  private CommandExits() {}

  /** Each code and what it means, ascending. */
  public static Map<String, String> of(CommandLine command) {
    Map<String, String> exits = new LinkedHashMap<>();
    boolean isComparing = command.getCommand() instanceof ComparingCommand;
    for (ExitCode exitCode : of(command.getCommandName())) {
      boolean isAnswer = isComparing && exitCode == ExitCode.INTERNAL;
      exits.put(
          Integer.toString(exitCode.code()),
          isAnswer
              ? command.<ComparingCommand>getCommand().meaningOfOne()
              : exitCode.description());
    }
    if (isComparing) {
      exits.put(Integer.toString(ComparingCommand.MALFUNCTION), ExitCode.INTERNAL.description());
    }
    return exits;
  }

  private static Set<ExitCode> of(String command) {
    return switch (command) {
      case "demo", "track", "ports", "doctor", "new", "completion", "man-pages", "help" -> with();
      case "inspect", "layout" -> with(ExitCode.PROGRAM);
      case "conform" -> with(ExitCode.DIFFERENT);
      case "diff" -> with(ExitCode.PROGRAM, ExitCode.DIFFERENT);
      case "boot" -> with(ExitCode.PROGRAM, ExitCode.FAULT, ExitCode.DIFFERENT, ExitCode.TIMEOUT);
      default -> EnumSet.allOf(ExitCode.class);
    };
  }

  private static Set<ExitCode> with(ExitCode... more) {
    Set<ExitCode> all = EnumSet.of(ExitCode.FINISHED, ExitCode.INTERNAL, ExitCode.USAGE);
    all.addAll(Arrays.asList(more));
    return all;
  }
}
