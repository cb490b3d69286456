package dev.roundhouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.emulator.lines.StandardEnd;
import dev.roundhouse.emulator.lines.StreamOutput;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** What came of a command that was run in this process. */
record Invocation(int exitCode, String out, String err) {
  static Invocation of(String... words) {
    return of(Map.of(), words);
  }

  static Invocation of(Map<String, String> environment, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CommandContext host =
        new CommandContext(
            new StandardEnd.Streams(InputStream.nullInputStream(), new StreamOutput(out)),
            new PrintStream(out, true, UTF_8),
            new Messages(new PrintStream(err, true, UTF_8), Messages.Colours.OFF),
            environment);
    int exitCode =
        Commands.forWords(host, words)
            .setColorScheme(picocli.CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .execute(words);
    return new Invocation(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
