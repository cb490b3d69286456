package dev.roundhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of the console decide how a run comes out. */
class AwaitedTextsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "hello.elf --expect-text Trains | 0 | the console printed \"Trains\" (--expect-text)",
        "hello.elf --expect-text Hello --expect-text task | 0 | the console printed \"task\"",
        "hello.elf --expect-text task --expect-text Hello | 7 | did not print \"Hello\"",
        "hello.elf --expect-text Goodbye | 7 | finished: ",
        "hello.elf --fail-text Trains | 7 | the console printed \"Trains\" (--fail-text)",
        "hello.elf --fail-text Goodbye | 0 | finished: ",
        "hello.elf --fail-text Hello --expect-text Trains | 7 | printed \"Hello\"",
        "zoo_null_read.elf --expect-text Goodbye | 4 | did not print \"Goodbye\"",
        "zoo_endless_loop.elf --expect-text Bye --timeout 5ms | 42 | did not print \"Bye\"",
        "zoo_endless_loop.elf --expect-text now | 0 | the console printed \"now\"",
      })
  void theyDecideTheExitCode(String words, int exitCode, String said) {
    Invocation run = Invocation.of(("run " + words).split(" "));
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).contains(said);
  }

  @Test
  void aRecordingOfARunThatATextEndedEndsThereToo() {
    String file = folder.resolve("run.rec").toString();
    Invocation run =
        Invocation.of(
            "run", "zoo_endless_loop.elf", "--expect-text", "less", "--record", file, "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("endless");
    assertThat(run.err())
        .contains(
            "\"reason\":\"the console printed \\\"less\\\" (--expect-text)\",\"exitCode\":0,");
    Invocation replay = Invocation.of("replay", file, "--json");
    assertThat(replay.exitCode()).isZero();
    assertThat(replay.out()).isEqualTo(run.out());
    assertThat(replay.err().lines().toList().getLast()).startsWith("{\"replay\":\"identical\",");
  }
}
