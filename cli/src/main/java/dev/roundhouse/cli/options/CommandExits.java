package dev.roundhouse.cli.options;

import dev.roundhouse.emulator.file.ExitCode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/** The exit codes that a command can end with, for its help. */
public final class CommandExits {
  private static final String OF_NO_RUN =
      "internal error, crash, too little memory, or output that cannot be written";

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
              : meaning(exitCode, command.getCommandName()));
    }
    if (isComparing) {
      String malfunction = meaning(ExitCode.INTERNAL, command.getCommandName());
      exits.put(Integer.toString(ComparingCommand.MALFUNCTION), malfunction);
    }
    return exits;
  }

  private static Set<ExitCode> of(String command) {
    return switch (command) {
      case "tasks", "trace", "show", "stats", "export" ->
          with(ExitCode.PROGRAM, ExitCode.DIFFERENT, ExitCode.TIMEOUT);
      case "demo", "track", "ports", "doctor", "new", "completion", "man-pages", "help" -> with();
      case "inspect", "layout" -> with(ExitCode.PROGRAM);
      case "conform" -> with(ExitCode.DIFFERENT);
      case "diff", "stubs" -> with(ExitCode.PROGRAM, ExitCode.DIFFERENT);
      case "calibrate", "twin" -> with(ExitCode.PROGRAM, ExitCode.DIFFERENT, ExitCode.TIMEOUT);
      case "boot" -> with(ExitCode.PROGRAM, ExitCode.FAULT, ExitCode.DIFFERENT, ExitCode.TIMEOUT);
      default -> EnumSet.allOf(ExitCode.class);
    };
  }

  private static Set<ExitCode> with(ExitCode... more) {
    Set<ExitCode> all = EnumSet.of(ExitCode.FINISHED, ExitCode.INTERNAL, ExitCode.USAGE);
    all.addAll(Arrays.asList(more));
    return all;
  }

  /** What a code means of this command, where that is less than it means of all together. */
  private static String meaning(ExitCode exitCode, String command) {
    return switch (exitCode) {
      case FINISHED -> done(command).orElse(exitCode.description());
      case INTERNAL -> isAbleToShare(command) ? exitCode.description() : OF_NO_RUN;
      case PROGRAM -> unusable(command).orElse(exitCode.description());
      case DIFFERENT -> different(command).orElse(exitCode.description());
      case USAGE, FAULT, DEADLOCK, VIOLATION, TIMEOUT -> exitCode.description();
    };
  }

  private static Optional<String> done(String command) {
    return switch (command) {
      case "run", "boot", "demo", "replay", "monitor", "roundhouse" -> Optional.empty();
      case "test" -> Optional.of("all scenarios went as they should");
      case "conform" -> Optional.of("all cases passed");
      case "diff" -> Optional.of("model and kernel did the same");
      case "track" -> Optional.of("it has been served as long as --for says");
      case "inspect" -> Optional.of("all files can be loaded");
      case "stubs" -> Optional.of("all stubs are as the ABI says, or they are written");
      case "tasks" -> Optional.of("the tasks have been shown");
      default -> Optional.of("done");
    };
  }

  private static boolean isAbleToShare(String command) {
    return switch (command) {
      case "run", "boot", "roundhouse" -> true;
      default -> false;
    };
  }

  private static Optional<String> unusable(String command) {
    return switch (command) {
      case "run" -> Optional.of("a program cannot be loaded or is not known");
      case "boot" -> Optional.of("the kernel cannot be loaded");
      case "replay", "tasks", "monitor" -> Optional.of("the recording cannot be used");
      case "trace", "show", "stats", "export" ->
          Optional.of("the trace or recording cannot be used");
      case "inspect", "layout" -> Optional.of("a file cannot be read or loaded");
      case "stubs" -> Optional.of("a file cannot be read, or has no stubs");
      default -> Optional.empty();
    };
  }

  private static Optional<String> different(String command) {
    return switch (command) {
      case "run", "boot" -> Optional.of("--expect-text was not printed, or --fail-text was");
      case "replay", "tasks", "monitor", "trace", "show", "stats", "export" ->
          Optional.of("the replay is not what was recorded");
      case "test" -> Optional.of("a scenario went otherwise than it should");
      case "conform" -> Optional.of("a case failed");
      case "diff" -> Optional.of("model and kernel differ");
      case "stubs" -> Optional.of("a stub is not as the ABI says, or two files differ");
      default -> Optional.empty();
    };
  }
}
