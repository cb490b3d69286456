package dev.roundhouse.cli.options;

import picocli.CommandLine.Option;

/** Whether a command's answer is for other programs. */
public final class JsonOption {
  /** Its name. */
  public static final String NAME = "--json";

  @Option(
      names = NAME,
      description =
          "Answer with a JSON object: on stdout; of a replay, as the last line of stderr.")
  private boolean isWanted;

  /** Whether it is. */
  public boolean isWanted() {
    return isWanted;
  }
}
