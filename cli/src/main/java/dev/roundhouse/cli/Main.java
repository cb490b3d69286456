package dev.roundhouse.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code roundhouse} command: its subcommands, one class each. */
@Command(
    name = "roundhouse",
    description = "Runs TrainsOS programs.",
    mixinStandardHelpOptions = true,
    version = "roundhouse 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private Main() {}

  /**
   * Runs the command line and ends the JVM with its exit code.
   *
   * @param args the words after {@code roundhouse}
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
