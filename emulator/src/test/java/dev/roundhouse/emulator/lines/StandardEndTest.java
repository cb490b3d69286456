package dev.roundhouse.emulator.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.platform.PseudoTerminal;
import dev.roundhouse.emulator.platform.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StandardEndTest {
  private static final int NO_DESCRIPTOR = 9_999;
  private static final int UART = 2;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final Heard heard = new Heard();
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Test
  void aPipeIsInputThatWaits() throws Exception {
    InputStream in = new ByteArrayInputStream("k".getBytes(ISO_8859_1));
    try (StandardEnd end = end(in, Terminal.of(NO_DESCRIPTOR))) {
      assertThat(end.isLive()).isFalse();
      assertThat(((InputSource.Waiting) end.attachment().input()).pull().next(() -> false))
          .isEqualTo('k');
      Heard.send(end, "out");
      assertThat(shown).hasToString("out");
    }
  }

  @Test
  void keysOfATerminalAreLiveAndCommandsAreTakenOut() throws Exception {
    InputStream keys = new ByteArrayInputStream("a\u0001hb\u0001x".getBytes(ISO_8859_1));
    try (PseudoTerminal pty = pty()) {
      int descriptor = descriptorOf(pty);
      try (StandardEnd end = end(keys, Terminal.of(descriptor))) {
        assertThat(end.isLive()).isTrue();
        heard.start(UART, end);
        assertThat(heard.inputs(4))
            .containsExactly(
                new ExternalInput.SerialByte(UART, 'a'),
                new ExternalInput.SerialByte(UART, 'b'),
                new ExternalInput.StopRequest(),
                new ExternalInput.SerialEnded(UART));
        assertThat(heard.notices).singleElement().asString().contains("Ctrl-A x ends the run");
      }
    }
  }

  @Test
  void aTerminalIsRawUntilTheEnd() throws Exception {
    try (PseudoTerminal pty = pty()) {
      stty(pty, "sane");
      String before = stty(pty, "-a");
      try (StandardEnd end = end(InputStream.nullInputStream(), Terminal.of(descriptorOf(pty)))) {
        assertThat(stty(pty, "-a")).isEqualTo(before);
        heard.start(UART, end);
        assertThat(end.isRaw()).isTrue();
        assertThat(stty(pty, "-a")).contains("-icanon").contains("-echo").contains("-isig");
      }
      assertThat(stty(pty, "-a")).isEqualTo(before).contains(" icanon");
    }
  }

  /** A run in real time goes on while a producer such as a slow script says nothing. */
  @Test
  void aPipeCanBeLiveAndKeepsEveryByte() throws Exception {
    InputStream in = new ByteArrayInputStream("k\u0001x".getBytes(ISO_8859_1));
    try (StandardEnd end =
        StandardEnd.of(
            new StandardEnd.Streams(in, new StreamOutput(shown)),
            Terminal.of(NO_DESCRIPTOR),
            StandardEnd.PipedBytes.AS_THEY_COME,
            heard.notices::add)) {
      assertThat(end.isLive()).isTrue();
      heard.start(UART, end);
      assertThat(heard.inputs(4))
          .containsExactly(
              new ExternalInput.SerialByte(UART, 'k'),
              new ExternalInput.SerialByte(UART, 1),
              new ExternalInput.SerialByte(UART, 'x'),
              new ExternalInput.SerialEnded(UART));
    }
  }

  private StandardEnd end(InputStream in, Terminal terminal) {
    return StandardEnd.of(
        new StandardEnd.Streams(in, new StreamOutput(shown)),
        terminal,
        StandardEnd.PipedBytes.AS_TAKEN,
        heard.notices::add);
  }

  private static PseudoTerminal pty() throws IOException {
    assumeTrue(Files.isDirectory(DESCRIPTORS), "finding a descriptor's number needs Linux's /proc");
    return PseudoTerminal.open();
  }

  /** The number under which this process has the pseudo-terminal's other side open. */
  private static int descriptorOf(PseudoTerminal pty) throws IOException {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path link : open) {
        if (Files.isSymbolicLink(link)
            && Files.readSymbolicLink(link).toString().equals(pty.path())) {
          return Integer.parseInt(link.getFileName().toString());
        }
      }
    }
    throw new AssertionError(pty.path() + " is not open");
  }

  private static String stty(PseudoTerminal pty, String setting) throws Exception {
    Process stty = new ProcessBuilder("stty", "-F", pty.path(), setting).start();
    String said = new String(stty.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(stty.waitFor()).isZero();
    return said;
  }
}
