package dev.roundhouse.emulator.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.serial.Parity;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.emulator.platform.SerialConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlcanAdapterTest {
  private final Wire wire = new Wire();

  private SlcanAdapter open() throws IOException {
    return SlcanAdapter.over(wire, SerialFormat.CONSOLE);
  }

  @Test
  void theBusIsOpenedAt250KilobitsAndLeftAtTheEnd() throws IOException {
    open().close();
    assertThat(wire.sent.toString()).isEqualTo("\r\rC\rS5\rO\r\r\rC\r");
    assertThat(wire.isClosed).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "S5, the adapter cannot do 250 kbit/s (S5)",
    "O, the adapter does not open the bus (O)"
  })
  void anAdapterThatRefusesIsGivenBack(String command, String reason) {
    wire.answers = Map.of(command, "\u0007");
    assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessage(reason);
    assertThat(wire.isClosed).isTrue();
  }

  @Test
  void anAdapterThatNeverAnswersIsUsedAllTheSame() throws IOException {
    wire.answers = Map.of("S5", "", "O", "");
    open().send(CanFrame.parse("0000C300#0000000001"));
    assertThat(wire.sent.toString()).endsWith("O\rT0000C30050000000001\r");
  }

  @ParameterizedTest
  @CsvSource({
    "T00230000800010001000100FF, 00230000#00010001000100FF",
    "T002300001AB1F40, 00230000#AB",
    "t1232AABB, 123#AABB",
    "R000000204, 00000020#R4",
    "T00000000 0,",
    "T002300008000100,",
    "T402300000,",
    "T00230000912,",
    "Z,",
    "T0000003000, 00000030#",
    "'\u00ff\u0000T00000030',"
  })
  void aLineIsAFrameOrNothing(String line, String frame) throws IOException {
    SlcanAdapter adapter = open();
    wire.coming.append(line).append('\r');
    assertThat(adapter.receive().map(CanFrame::toString)).isEqualTo(Optional.ofNullable(frame));
    wire.coming.append("T0000003000\r");
    assertThat(adapter.receive()).isPresent();
  }

  @Test
  void aLineWithoutAnEndTakesNoMemory() throws IOException {
    SlcanAdapter adapter = open();
    wire.coming.append("T".repeat(100_000));
    assertThat(adapter.receive()).isEmpty();
    wire.coming.append("\rT0000003000\r");
    assertThat(adapter.receive()).isPresent();
  }

  @Test
  void aFrameTakesItsTimeOnTheSlowerOfBothLines() throws IOException {
    CanFrame stop = CanFrame.parse("0000C300#0000000000");
    assertThat(open().sendNanos(stop)).isEqualTo(21 * 10 * 1_000_000_000L / 115_200);
    wire.isClosed = false;
    SerialFormat fast = new SerialFormat(4_000_000, 8, Parity.NONE, 1);
    assertThat(SlcanAdapter.over(wire, fast).sendNanos(stop)).isEqualTo(stop.wireBits() * 4000L);
  }

  /** A serial port whose other end answers with CR, or what it is told to. */
  private static final class Wire implements SerialConnection {
    private final StringBuilder sent = new StringBuilder();
    private final StringBuilder coming = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private Map<String, String> answers = Map.of();
    private boolean isClosed;

    @Override
    public int read(byte[] into) {
      byte[] all = coming.toString().getBytes(StandardCharsets.ISO_8859_1);
      int count = Math.min(into.length, all.length);
      System.arraycopy(all, 0, into, 0, count);
      coming.delete(0, count);
      return count;
    }

    @Override
    public void write(int value) {
      sent.append((char) value);
      if (value != '\r') {
        line.append((char) value);
        return;
      }
      String command = line.toString();
      line.setLength(0);
      coming.append(answers.getOrDefault(command, "\r"));
    }

    @Override
    public boolean isClearToSend() {
      return false;
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
