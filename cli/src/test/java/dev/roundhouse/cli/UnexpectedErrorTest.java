package dev.roundhouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.emulator.lines.StandardEnd;
import dev.roundhouse.emulator.lines.StreamOutput;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class UnexpectedErrorTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void tooLittleMemoryIsOneLineThatSaysWhatToDo() {
    assertThat(completionWhoseOutputThrows(() -> new OutOfMemoryError("Java heap space")))
        .isEqualTo(1);
    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "roundhouse: out of memory: Java heap space: give the JVM more of it, by"
                + " ROUNDHOUSE_JVM_OPTIONS=-Xmx1g");
  }

  @Test
  void anErrorOfTheJvmIsOneLineLikeAnyOtherOfOurs() {
    assertThat(completionWhoseOutputThrows(StackOverflowError::new)).isEqualTo(1);
    assertThat(err.toString(UTF_8).lines())
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .startsWith("roundhouse: internal error, please report it:")
                .contains("StackOverflowError")
                .doesNotContain("ExecutionException"));
  }

  private int completionWhoseOutputThrows(Supplier<Error> error) {
    OutputStream bad =
        new OutputStream() {
          @Override
          public void write(int value) {
            throw error.get();
          }
        };
    CommandContext host =
        new CommandContext(
            new StandardEnd.Streams(InputStream.nullInputStream(), new StreamOutput(bad)),
            new PrintStream(bad, true, UTF_8),
            new Messages(new PrintStream(err, true, UTF_8), Messages.Colours.OFF),
            Map.of());
    return Commands.forWords(host, "completion").execute("completion");
  }
}
