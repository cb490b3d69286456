package dev.roundhouse.devices.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.TestBoard;
import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static final long READ = 0xFE00B880L;
  private static final long STATUS = 0xFE00B898L;
  private static final long WRITE = 0xFE00B8A0L;
  private static final int EMPTY = 1 << 30;
  private static final int AT = 0x1000;

  private final TestBoard test = new TestBoard();
  private final SparseMemory ram = new SparseMemory(new AddressRange(0, 1L << 31));

  @BeforeEach
  void attachRam() {
    test.board.mailbox().attach(ram);
  }

  /** Sends a message whose words these are; the first is its size. */
  private void ask(int... words) {
    for (int n = 0; n < words.length; n++) {
      ram.putInt(AT + 4L * n, words[n]);
    }
    test.write(WRITE, AT | 8);
    test.advance(20_000);
  }

  private int word(int n) {
    return ram.getInt(AT + 4L * n);
  }

  @Test
  void anAnswerTakesItsTimeAndIsTheMessage() {
    ram.putInt(AT, 12);
    test.write(WRITE, AT | 8);
    assertThat(test.read(STATUS)).isEqualTo(EMPTY);
    test.advance(20_000);
    assertThat(test.read(STATUS)).isZero();
    assertThat(test.read(READ)).isEqualTo(AT | 8);
    assertThat(test.read(STATUS)).isEqualTo(EMPTY);
    assertThat(word(1)).isEqualTo(0x80000000);
  }

  @Test
  void severalTagsAreAnsweredInOneMessage() {
    ask(80, 0, 0x10002, 4, 0, 0, 0x10005, 8, 0, 0, 0, 0x30002, 8, 4, 2, 0, 0, 0, 0, 0);
    assertThat(word(1)).isEqualTo(0x80000000);
    assertThat(List.of(word(4), word(5))).containsExactly(0x80000004, 0xC03111);
    assertThat(List.of(word(8), word(9), word(10))).containsExactly(0x80000008, 0, 0x3B400000);
    assertThat(List.of(word(13), word(14), word(15))).containsExactly(0x80000008, 2, 48_000_000);
    assertThat(test.warnings).isEmpty();
  }

  @Test
  void theMacAddressHasSixBytesAndDoesNotOverrunItsRoom() {
    ask(32, 0, 0x10003, 6, 0, -1, -1, 0);
    assertThat(word(4)).isEqualTo(0x80000006);
    assertThat(word(5)).isEqualTo(0x0032A6DC);
    assertThat(word(6)).isEqualTo(0xFFFF2E45);
  }

  @Test
  void aFramebufferAndAnUnknownTagAreNotAnsweredAndSaidSo() {
    ask(44, 0, 0x40001, 8, 0, 16, 0, 0x12345, 0, 0, 0);
    assertThat(word(1)).isEqualTo(0x80000000);
    assertThat(word(4)).isZero();
    assertThat(test.warnings)
        .satisfiesExactly(
            warning -> assertThat(warning).contains("0x00040001", "no screen"),
            warning -> assertThat(warning).contains("0x00012345", "not modelled"));
  }

  @Test
  void aMessageThatIsNotWholeIsRefused() {
    int[][] messages = {
      {8, 0},
      {-1, 0, 0},
      {1 << 30, 0, 0},
      {12, 1, 0},
      {20, 0, 0x10002, -1, 0},
      {16, 0, 0x10002, 4},
      {24, 0, 0x10002, 400, 0, 0},
      {20, 0, 0x10002, 4, 0}
    };
    for (int[] message : messages) {
      ask(message);
      assertThat(word(1)).isEqualTo(0x80000001);
    }
  }

  @Test
  void aMessageOutsideRamAndAnotherChannelAreWarnings() {
    test.board.mailbox().attach(new SparseMemory(new AddressRange(0, 0x1000)));
    test.write(WRITE, 0x2000 | 8);
    test.advance(20_000);
    test.write(WRITE, 0x2000 | 1);
    test.advance(20_000);
    assertThat(test.warnings)
        .satisfiesExactly(
            warning -> assertThat(warning).contains("0x2000 is not in RAM"),
            warning -> assertThat(warning).contains("channel 1"));
  }

  @Test
  void itsInterruptIsForWhatWaits() {
    test.write(0xFE00B89CL, 1);
    ram.putInt(AT, 12);
    test.write(WRITE, AT | 8);
    assertThat(test.board.mailbox().mayStillInterrupt()).isTrue();
    test.advance(20_000);
    assertThat(test.read(0xFF841D04L + 4) >>> 1 & 1).isEqualTo(1);
    test.read(READ);
    assertThat(test.read(0xFF841D04L + 4) >>> 1 & 1).isZero();
  }
}
