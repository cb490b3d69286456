package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.roundhouse.emulator.platform.PseudoTerminal;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a terminal keys arrive one by one, and the terminal is as before when the run is over. */
class TerminalTest {
  private static final int WAIT_MILLIS = 100;
  private static final int MOST_WAITS = 300;

  @TempDir private Path folder;
  private PseudoTerminal terminal;
  private String modeBefore;
  private final StringBuilder screen = new StringBuilder();

  @BeforeEach
  void openTerminal() throws Exception {
    try {
      terminal = PseudoTerminal.open();
    } catch (IOException none) {
      abort("this host has no pseudo-terminals: " + none.getMessage());
    }
    stty("sane");
    modeBefore = stty("-g");
  }

  @AfterEach
  void closeTerminal() throws IOException {
    if (terminal != null) {
      terminal.close();
    }
  }

  @Test
  void controlAxEndsARunAndTheTerminalIsRestored() throws Exception {
    Roundhouse echo = echo();
    Process process = echo.start();
    awaitRawMode();
    type("hello");
    awaitOnScreen("hello");
    type("\001x");
    assertThat(echo.await(process).isTidy().exitCode()).isZero();
    assertThat(stty("-g")).isEqualTo(modeBefore);
  }

  @Test
  void theTerminalIsRestoredAfterASignal() throws Exception {
    Roundhouse echo = echo();
    Process process = echo.start();
    awaitRawMode();
    process.destroy();
    assertThat(echo.await(process).isTidy().exitCode()).isEqualTo(143);
    assertThat(stty("-g")).isEqualTo(modeBefore);
  }

  @Test
  void theTerminalIsRestoredAfterAFault() throws Exception {
    Roundhouse fault =
        new Roundhouse(folder, "run", Roundhouse.image(folder, "zoo_null_read")).on(device());
    assertThat(fault.await(fault.start()).isTidy().exitCode()).isEqualTo(4);
    assertThat(stty("-g")).isEqualTo(modeBefore);
  }

  @Test
  void controlAhExplainsTheKeys() throws Exception {
    Roundhouse echo = echo();
    Process process = echo.start();
    awaitRawMode();
    type("\001h");
    for (int i = 0; i < MOST_WAITS && !echo.read("stderr").contains("Ctrl-A x"); i++) {
      Thread.sleep(WAIT_MILLIS);
    }
    type("\001x");
    assertThat(echo.await(process).err()).contains("Ctrl-A x");
  }

  private Roundhouse echo() throws IOException {
    String notifier = Roundhouse.image(folder, "uart_notifier");
    return new Roundhouse(folder, "run", Roundhouse.image(folder, "uart_echo"), notifier)
        .on(device());
  }

  private File device() {
    return new File(terminal.path());
  }

  private void type(String keys) {
    byte[] bytes = keys.getBytes(StandardCharsets.ISO_8859_1);
    assertThat(terminal.write(bytes, 0, bytes.length, WAIT_MILLIS)).isEqualTo(bytes.length);
  }

  private void awaitRawMode() throws Exception {
    for (int i = 0; i < MOST_WAITS && stty("-g").equals(modeBefore); i++) {
      Thread.sleep(WAIT_MILLIS);
    }
    assertThat(stty("-g")).as("raw mode").isNotEqualTo(modeBefore);
  }

  private void awaitOnScreen(String text) throws IOException {
    byte[] chunk = new byte[256];
    for (int i = 0; i < MOST_WAITS && screen.indexOf(text) < 0; i++) {
      int count = terminal.read(chunk, WAIT_MILLIS);
      screen.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
    }
    assertThat(screen.toString()).contains(text);
  }

  private String stty(String word) throws Exception {
    Process stty =
        new ProcessBuilder("stty", word).redirectInput(device()).redirectErrorStream(true).start();
    String text = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    boolean done = stty.waitFor(10, TimeUnit.SECONDS) && stty.exitValue() == 0;
    if (!done) {
      abort("no stty command for " + terminal.path());
    }
    return text;
  }
}
