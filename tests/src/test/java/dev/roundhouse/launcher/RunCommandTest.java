package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
  @TempDir private Path folder;

  @Test
  void theGuestsOutputGoesRawToStdout() throws Exception {
    Roundhouse.Result result = process("hello", "--arg", "NAME=Ada").run().isTidy();
    assertThat(result.out()).isEqualTo("Hello, Ada! I am task 1.\r\n");
    assertThat(result.exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "hello, 0",
    "zoo_null_read, 4",
    "zoo_send_bad_message, 4",
    "zoo_senders_65, 4",
    "zoo_deadlock_cycle, 5",
    "zoo_message_cut_short, 0",
    "zoo_unknown_program, 3"
  })
  void theExitCodeTellsHowTheRunEnded(String program, int code) throws Exception {
    assertThat(run(program).isTidy().exitCode()).isEqualTo(code);
  }

  @Test
  void aBrokenRuleEndsAStrictRunWithSix() throws Exception {
    Roundhouse.Result result = run("zoo_message_cut_short", "--strict").isTidy();
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("message cut short");
  }

  @ParameterizedTest
  @CsvSource({"--timeout, 20ms", "--wall-timeout, 300ms"})
  void anEndlessLoopEndsAtALimit(String limit, String duration) throws Exception {
    Roundhouse.Result result = run("zoo_endless_loop", limit, duration).isTidy();
    assertThat(result.exitCode()).isEqualTo(42);
    assertThat(result.err()).contains(limit);
    assertThat(result.out()).isEqualTo("endless_loop: now\r\n");
  }

  @Test
  void theSummaryIsAJsonObjectInTheLastLine() throws Exception {
    Roundhouse.Result result = run("hello", "--json").isTidy();
    assertThat(result.errLines().getLast())
        .startsWith("{\"end\":\"finished\"")
        .contains("\"exitCode\":0", "\"instructions\":809", "\"systemCalls\":4")
        .endsWith("}");
  }

  @Test
  void noColourGoesToAFile() throws Exception {
    assertThat(process("zoo_null_read").run().err()).doesNotContain("\u001b");
  }

  @Test
  void theEchoServerEndsWhenTheFileAtItsInputDoes() throws Exception {
    for (String text : List.of("", "x", "0123456789".repeat(2_000))) {
      Roundhouse.Result result = echo().input(text).run().isTidy();
      assertThat(result.out()).isEqualTo(text);
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void theEchoServerWaitsForAPipe() throws Exception {
    Roundhouse echo = echo();
    Process process = echo.start();
    try (OutputStream pipe = process.getOutputStream()) {
      for (String word : List.of("mind ", "the ", "gap")) {
        pipe.write(word.getBytes(StandardCharsets.US_ASCII));
        pipe.flush();
        Thread.sleep(200);
      }
    }
    assertThat(echo.await(process).isTidy().out()).isEqualTo("mind the gap");
  }

  @Test
  void aProgramThatDoesNotReadEndsThoughItsInputStaysOpen() throws Exception {
    Roundhouse hello = new Roundhouse(folder, "run", Roundhouse.image(folder, "hello"));
    assertThat(hello.await(hello.start()).isTidy().exitCode()).isZero();
  }

  @Test
  void aLimitOfRealTimeEndsAWaitForInputThatNeverComes() throws Exception {
    Roundhouse echo = echo("--wall-timeout", "500ms");
    assertThat(echo.await(echo.start()).isTidy().exitCode()).isEqualTo(42);
  }

  @Test
  void aReaderThatLeavesEarlyEndsTheRunInOneLine() throws Exception {
    Roundhouse run =
        new Roundhouse(
                folder,
                "run",
                Roundhouse.image(folder, "clock_delays"),
                Roundhouse.image(folder, "clock_server"),
                Roundhouse.image(folder, "clock_notifier"),
                "--realtime")
            .outputToPipe();
    Process process = run.start();
    try (InputStream out = process.getInputStream()) {
      assertThat(out.readNBytes(6)).isEqualTo("task 5".getBytes(StandardCharsets.US_ASCII));
    }
    Roundhouse.Result result = run.await(process).isTidy();
    assertThat(result.errLines()).hasSize(1);
    assertThat(result.exitCode()).isNotZero();
  }

  @Test
  void aUartsOutputGoesToAFile() throws Exception {
    Path log = folder.resolve("uart2.log");
    Roundhouse.Result result = run("hello", "--console", "0", "--uart", "2=file:" + log).isTidy();
    assertThat(result.out()).isEmpty();
    assertThat(log).hasContent("Hello, TrainsOS! I am task 1.\r\n");
  }

  private Roundhouse.Result run(String program, String... options) throws Exception {
    return process(program, options).runHere();
  }

  private Roundhouse process(String program, String... options) throws IOException {
    String[] words = new String[2 + options.length];
    words[0] = "run";
    words[1] = Roundhouse.image(folder, program);
    System.arraycopy(options, 0, words, 2, options.length);
    return new Roundhouse(folder, words);
  }

  private Roundhouse echo(String... options) throws IOException {
    String notifier = "uart_notifier=" + Roundhouse.image(folder, "uart_notifier");
    String[] words = new String[2 + options.length];
    words[0] = "--program";
    words[1] = notifier;
    System.arraycopy(options, 0, words, 2, options.length);
    return process("uart_echo", words);
  }
}
