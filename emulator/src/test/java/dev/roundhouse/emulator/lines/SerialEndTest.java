package dev.roundhouse.emulator.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.lines.SerialSettings.ClearToSend;
import dev.roundhouse.emulator.lines.SerialSettings.Effect;
import dev.roundhouse.emulator.platform.PseudoTerminal;
import dev.roundhouse.emulator.process.HostAbilities;
import dev.roundhouse.emulator.process.HostFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real serial library on one side of a pseudo-terminal, the test on the other. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SerialEndTest {
  private static final int UART = 3;
  private static final int PATIENCE_MILLIS = 5000;
  private static final SerialSettings WITHOUT_CTS =
      new SerialSettings(ClearToSend.IGNORE, OptionalInt.empty(), OptionalInt.empty(), Effect.REAL);

  private final Heard heard = new Heard();
  @TempDir private Path folder;
  private PseudoTerminal pty;

  @BeforeEach
  void open() throws Exception {
    String offer = HostAbilities.pseudoTerminals();
    assumeTrue(offer.startsWith("available"), "pseudo-terminals: " + offer);
    pty = PseudoTerminal.open();
  }

  @AfterEach
  void close() {
    if (pty != null) {
      pty.close();
    }
  }

  private SerialEnd end(String path) throws HostFailure {
    SerialEnd end =
        SerialEnd.open(UART, path, new SerialEnd.Use(WITHOUT_CTS, _ -> {}), heard.notices::add);
    heard.start(UART, end);
    return end;
  }

  private List<Integer> read(int count) throws IOException {
    List<Integer> all = new ArrayList<>();
    byte[] buffer = new byte[1];
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    while (all.size() < count && System.nanoTime() < deadline) {
      if (pty.read(buffer, 50) == 1) {
        all.add(Byte.toUnsignedInt(buffer[0]));
      }
    }
    return all;
  }

  @Test
  void bytesGoBothWaysAndClosingStopsTheTrains() throws Exception {
    SerialEnd end = end(pty.path());
    end.attachment().output().put(96);
    assertThat(read(1)).containsExactly(96);
    assertThat(heard.inputs(1))
        .containsExactly(new ExternalInput.ClearToSend(UART, Signal.ASSERTED, 1));
    pty.write(new byte[] {(byte) 0xff}, 0, 1, PATIENCE_MILLIS);
    assertThat(heard.inputs(1)).containsExactly(new ExternalInput.SerialByte(UART, 0xff));
    end.close();
    assertThat(read(2)).containsExactly(97, 97);
    assertThat(heard.notices).containsExactly("UART3: the trains are stopped");
  }

  @Test
  void aPortThatIsUnpluggedAndComesBackStopsTheTrainsAndGoesOn() throws Exception {
    Path link = folder.resolve("ttyBox");
    Files.createSymbolicLink(link, Path.of(pty.path()));
    SerialEnd end = end(link.toString());
    end.attachment().output().put(96);
    assertThat(read(1)).containsExactly(96);
    assertThat(heard.inputs(1)).hasSize(1);
    pty.close();
    Files.delete(link);
    end.attachment().output().put(10);
    end.attachment().output().put(24);
    pty = PseudoTerminal.open();
    Files.createSymbolicLink(link, Path.of(pty.path()));
    assertThat(read(4)).containsExactly(97, 97, 10, 24);
    end.close();
    assertThat(heard.notices)
        .anyMatch(line -> line.startsWith("UART3: lost the port ("))
        .anyMatch(line -> line.contains("the port is back; the trains are stopped"));
  }

  @Test
  void aPortWithoutClearToSendIsOneClearLine() {
    long start = System.nanoTime();
    assertThatThrownBy(() ->
            SerialEnd.open(
                UART,
                pty.path(),
                new SerialEnd.Use(SerialSettings.PLAIN, _ -> {}),
                heard.notices::add))
        .isInstanceOf(HostFailure.class)
        .hasMessageStartingWith("--uart 3=serial:" + pty.path() + ": no clear to send (CTS)")
        .hasMessageContaining("--serial-cts ignore");
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }

  @Test
  void whatIsNoPortIsOneClearLine() throws Exception {
    assertRefused("/nowhere/ttyUSB9", "no such port: is it plugged in?");
    assertRefused(folder.toString(), "not a serial port");
    assertRefused(Files.createFile(folder.resolve("file")).toString(), "not a serial port");
  }

  @Test
  void aPortInUseIsOneClearLine() throws Exception {
    SerialEnd end = end(pty.path());
    assertRefused(pty.path(), "busy: another program uses it");
    end.close();
  }

  private void assertRefused(String path, String reason) {
    assertThatThrownBy(() ->
            SerialEnd.open(UART, path, new SerialEnd.Use(WITHOUT_CTS, _ -> {}), heard.notices::add))
        .isInstanceOf(HostFailure.class)
        .hasMessage("--uart 3=serial:" + path + ": " + reason);
  }

  @Test
  void aBoxThatDoesNotListenAnyMoreIsSaidSo() throws Exception {
    SerialEnd end = end(pty.path());
    pty.close();
    end.close();
    assertThat(heard.notices).last().asString().contains("could NOT be stopped");
  }
}
