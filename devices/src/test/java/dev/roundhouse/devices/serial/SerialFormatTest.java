package dev.roundhouse.devices.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.irq.SharedLine;
import dev.roundhouse.devices.serial.ReceivedFrame.Check;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialFormatTest {
  @Test
  void frameTimesCountStartParityAndStopBits() {
    assertThat(SerialFormat.CONSOLE.frameNanos()).isEqualTo(86_806);
    assertThat(SerialFormat.MARKLIN.frameNanos()).isEqualTo(4_583_333);
    assertThat(new SerialFormat(9600, 7, Parity.EVEN, 1).frameBits()).isEqualTo(10);
  }

  @Test
  void impossibleFormatsCannotBeMade() {
    assertThatThrownBy(() -> new SerialFormat(0, 8, Parity.NONE, 1)).hasMessageContaining("baud");
    assertThatThrownBy(() -> new SerialFormat(9600, 9, Parity.NONE, 1))
        .hasMessageContaining("data");
    assertThatThrownBy(() -> new SerialFormat(9600, 8, Parity.NONE, 3))
        .hasMessageContaining("stop");
  }

  @Test
  void everyByteSurvivesInEqualFormats() {
    for (Parity parity : Parity.values()) {
      SerialFormat format = new SerialFormat(2400, 8, parity, 1);
      for (int value = 0; value < 256; value++) {
        assertThat(ReceivedFrame.sample(value, format, format))
            .isEqualTo(new ReceivedFrame(value, Check.GOOD, Check.GOOD, false));
      }
    }
  }

  @Test
  void tooSlowASenderLeavesNoStopBit() {
    SerialFormat slow = new SerialFormat(57_600, 8, Parity.NONE, 1);
    assertThat(ReceivedFrame.sample(0, slow, SerialFormat.CONSOLE).stop()).isEqualTo(Check.BAD);
  }

  @Test
  void aSenderSoSlowThatTheLineIsLowAllTheTimeIsABreak() {
    SerialFormat slow = new SerialFormat(9600, 8, Parity.NONE, 1);
    assertThat(ReceivedFrame.sample(0x40, slow, SerialFormat.CONSOLE).isBreak()).isTrue();
    SerialFormat faster = new SerialFormat(57_600, 8, Parity.NONE, 1);
    assertThat(ReceivedFrame.sample(0x01, faster, SerialFormat.CONSOLE).isBreak()).isFalse();
  }

  @Test
  void tooFastASenderIsFollowedByAnIdleLine() {
    SerialFormat fast = new SerialFormat(230_400, 8, Parity.NONE, 1);
    ReceivedFrame frame = ReceivedFrame.sample(0, fast, SerialFormat.CONSOLE);
    assertThat(frame.value()).isEqualTo(0xF8);
    assertThat(frame.stop()).isEqualTo(Check.GOOD);
  }

  @Test
  void aSharedLineIsHighWhileAnySourceIs() {
    List<Level> levels = new ArrayList<>();
    SharedLine shared = new SharedLine(levels::add);
    IrqLine a = shared.input();
    IrqLine b = shared.input();
    a.set(Level.HIGH);
    b.set(Level.HIGH);
    a.set(Level.LOW);
    assertThat(levels).containsExactly(Level.HIGH, Level.HIGH, Level.HIGH);
    b.set(Level.LOW);
    assertThat(levels.getLast()).isEqualTo(Level.LOW);
  }

  @Test
  void aFormatIsSaidInWords() {
    assertThat(SerialFormat.MARKLIN.text())
        .isEqualTo("2400 baud, 8 data bits, no parity, 2 stop bits");
    assertThat(new SerialFormat(9600, 7, Parity.EVEN, 1).text())
        .isEqualTo("9600 baud, 7 data bits, even parity, 1 stop bit");
  }

  /** Start bit, data, and half of the first stop bit. */
  @Test
  void aFrameIsHeardInTheMiddleOfItsFirstStopBit() {
    assertThat(SerialFormat.MARKLIN.heardNanos()).isEqualTo(3_958_333);
    assertThat(new SerialFormat(1000, 7, Parity.EVEN, 1).heardNanos()).isEqualTo(9_500_000);
  }

  @Test
  void anOpenLineHasNoInput() {
    SerialPeer open = new OpenLine();
    assertThat(open.inputEnded()).isTrue();
    assertThat(open.nextFrame()).isEqualTo(SerialPeer.ENDED);
  }
}
