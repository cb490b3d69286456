package dev.roundhouse.cli.options;

import picocli.CommandLine.Option;

/** Options of every command. */
public final class CommonOptions {
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  private boolean isHelpWanted;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(names = "--debug", description = "Show an internal error with its whole stack trace.")
  private boolean isDebugging;
}
