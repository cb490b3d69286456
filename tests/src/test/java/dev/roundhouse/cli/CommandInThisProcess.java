package dev.roundhouse.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.emulator.lines.StandardEnd;
import dev.roundhouse.emulator.lines.StreamOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Help;

/** The command as its main class runs it, but in this process, for tests that run it often. */
public final class CommandInThisProcess {
  /** What came of it. */
  public record Outcome(int exitCode, String out, String err) {}

  private CommandInThisProcess() {}

  /**
   * Runs a command line to its end.
   *
   * @param input what its standard input, a pipe, has; a byte for each character
   */
  public static Outcome run(List<String> words, String input) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CommandContext host =
        new CommandContext(
            new StandardEnd.Streams(
                new ByteArrayInputStream(input.getBytes(ISO_8859_1)), new StreamOutput(out)),
            new PrintStream(out, true, UTF_8),
            new Messages(new PrintStream(err, true, UTF_8), Messages.Colours.OFF),
            System.getenv());
    String[] line = words.toArray(String[]::new);
    int exitCode =
        Commands.forWords(host, line)
            .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
            .execute(line);
    return new Outcome(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
