package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.emulator.platform.PseudoTerminal;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left behind by a process that cannot go on, or that dies at once (build/guard.sh). */
class SuddenDeathTest {
  private static final int WAIT_MILLIS = 50;
  private static final int MOST_WAITS = 600;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"SEGV, 1", "ABRT, 1", "KILL, 137"})
  void oneLineSaysItAndNothingElseIsWritten(String signal, int code) throws Exception {
    Roundhouse run = endlessLoop();
    Process process = run.start();
    awaitOutput(run, "stdout", "endless_loop");
    send(signal, process);
    Roundhouse.Result result = run.await(process);
    assertThat(result.exitCode()).isEqualTo(code);
    assertThat(result.out().strip()).isEqualTo("endless_loop: now");
    awaitOutput(run, "stderr", "\n");
    assertThat(run.read("stderr").lines())
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith("roundhouse: died without a chance"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("stdout", "stderr", "zoo_endless_loop.elf");
    }
  }

  @Test
  void tooLittleAddressSpaceForTheBoardIsOneLine() throws Exception {
    new Roundhouse(folder, "run", Roundhouse.image(folder, "hello"))
        .within(4_000_000)
        .run()
        .isRefusedWith(1, "out of memory", "ulimit -v");
  }

  @Test
  void aListOfThreadsIsNotPutIntoTheGuestsOutput() throws Exception {
    Roundhouse run = endlessLoop();
    Process process = run.start();
    awaitOutput(run, "stdout", "endless_loop");
    send("QUIT", process);
    send("TERM", process);
    Roundhouse.Result result = run.await(process);
    assertThat(result.exitCode()).isEqualTo(143);
    assertThat(result.out().strip()).isEqualTo("endless_loop: now");
    assertThat(result.isTidy().err()).doesNotContain("died");
  }

  @Test
  void theTerminalIsAsBeforeAndTheRecordingReplays() throws Exception {
    try (PseudoTerminal terminal = openTerminal()) {
      File device = new File(terminal.path());
      stty(device, "sane");
      String before = stty(device, "-g");
      Path recording = folder.resolve("echo.rec");
      String echo = Roundhouse.image(folder, "uart_echo");
      String notifier = Roundhouse.image(folder, "uart_notifier");
      Roundhouse run =
          new Roundhouse(folder, "run", echo, notifier, "--record", recording.toString())
              .guarded()
              .on(device);
      Process process = run.start();
      awaitMode(device, before, false);
      byte[] keys = "mind the gap".getBytes(StandardCharsets.US_ASCII);
      terminal.write(keys, 0, keys.length, WAIT_MILLIS);
      awaitOnScreen(terminal, "gap");
      awaitGrowth(recording);
      process.destroyForcibly();
      assertThat(run.await(process).exitCode()).isEqualTo(137);
      awaitMode(device, before, true);
      Roundhouse.Result replay =
          new Roundhouse(folder, "replay", recording.toString()).run().isTidy();
      assertThat(replay.exitCode()).isZero();
      assertThat(replay.out()).startsWith("mind");
      assertThat(replay.err()).contains("is cut off; it is replayed up to its last check point");
    }
  }

  private Roundhouse endlessLoop() throws IOException {
    return new Roundhouse(folder, "run", Roundhouse.image(folder, "zoo_endless_loop")).guarded();
  }

  private static void awaitOutput(Roundhouse run, String stream, String text) throws Exception {
    for (int i = 0; i < MOST_WAITS && !run.read(stream).contains(text); i++) {
      Thread.sleep(WAIT_MILLIS);
    }
    assertThat(run.read(stream)).contains(text);
  }

  /** What happened is written when the machine comes to rest; it may have been already. */
  private static void awaitGrowth(Path file) throws Exception {
    long size = Files.size(file);
    for (int i = 0; i < MOST_WAITS / 30 && Files.size(file) == size; i++) {
      Thread.sleep(WAIT_MILLIS);
    }
  }

  private static void awaitOnScreen(PseudoTerminal terminal, String text) throws IOException {
    StringBuilder screen = new StringBuilder();
    byte[] chunk = new byte[256];
    for (int i = 0; i < MOST_WAITS && screen.indexOf(text) < 0; i++) {
      int count = terminal.read(chunk, WAIT_MILLIS);
      screen.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
    }
    assertThat(screen.toString()).contains(text);
  }

  private static void awaitMode(File device, String mode, boolean isWanted) throws Exception {
    for (int i = 0; i < MOST_WAITS && stty(device, "-g").equals(mode) != isWanted; i++) {
      Thread.sleep(WAIT_MILLIS);
    }
    assertThat(stty(device, "-g").equals(mode)).isEqualTo(isWanted);
  }

  private static PseudoTerminal openTerminal() {
    try {
      return PseudoTerminal.open();
    } catch (IOException none) {
      return abort("this host has no pseudo-terminals: " + none.getMessage());
    }
  }

  private static String stty(File device, String word) throws Exception {
    Process stty =
        new ProcessBuilder("stty", word).redirectInput(device).redirectErrorStream(true).start();
    String text = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assumeTrue(stty.waitFor(10, TimeUnit.SECONDS) && stty.exitValue() == 0, "no stty command");
    return text;
  }

  private static void send(String signal, Process process)
      throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    int done = new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
    assumeTrue(done == 0, "no kill command");
  }
}
