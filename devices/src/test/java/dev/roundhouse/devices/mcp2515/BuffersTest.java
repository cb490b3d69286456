package dev.roundhouse.devices.mcp2515;

import static dev.roundhouse.devices.mcp2515.Bench.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanFrame.Format;
import dev.roundhouse.devices.can.CanFrame.Kind;
import org.junit.jupiter.api.Test;

/** Transmit and receive buffers, filters, interrupts, and what drivers do wrong with them. */
class BuffersTest {
  private static final CanFrame FRAME = CanFrame.of(0x00160300, 5, 0x0102030405060708L);

  private final Bench bench = new Bench();

  private static CanFrame numbered(int n) {
    return CanFrame.of(0x00160300, 1, (long) n << 56);
  }

  @Test
  void aFrameTakesItsBitsFromRequestToFlag() {
    bench.inNormalMode();
    bench.load(0, FRAME.id(), 5, 1, 2, 3, 4, 5);
    bench.write(CANINTE, 4);
    bench.transfer(0x81);
    long bits = FRAME.wireBits() - 3L;
    bench.test.advance(bits * 4000 - 1);
    assertThat(bench.intIsLow()).isFalse();
    bench.test.advance(1);
    assertThat(bench.intIsLow()).isTrue();
    assertThat(bench.read(CANSTAT)).isEqualTo(3 << 1);
    bench.modify(CANINTF, 4, 0);
    assertThat(bench.intIsLow()).isFalse();
    assertThat(bench.read(TXB0CTRL)).isZero();
  }

  @Test
  void theHigherPriorityGoesFirstAndThenTheHigherNumber() {
    bench.inNormalMode();
    for (int n = 0; n < 3; n++) {
      bench.load(n, 0xC300, 1, n);
    }
    bench.peer.send(FRAME);
    bench.write(0x30, 0x0B);
    bench.write(0x40, 0x08);
    bench.write(0x50, 0x08);
    bench.passMicros(2_000);
    assertThat(bench.peer.taken())
        .extracting(each -> each.substring(each.indexOf(' ') + 1))
        .containsExactly("SENT", "0000C300#00", "0000C300#02", "0000C300#01");
  }

  @Test
  void lostArbitrationIsShownAndTheFrameFollows() {
    bench.inNormalMode();
    bench.load(0, 0x00200000, 0);
    bench.send(FRAME);
    bench.peer.send(FRAME);
    bench.peer.send(FRAME);
    bench.passMicros(100);
    bench.transfer(0x81);
    bench.passMicros(600);
    assertThat(bench.read(TXB0CTRL)).isEqualTo(0x28);
    bench.passMicros(1_000);
    assertThat(bench.read(TXB0CTRL)).isEqualTo(0x20);
    bench.transfer(0x81);
    assertThat(bench.read(TXB0CTRL)).isEqualTo(0x08);
  }

  @Test
  void whatHasNotBegunIsAborted() {
    bench.inNormalMode();
    bench.load(0, 0xC300, 1, 0);
    bench.load(1, 0xC300, 1, 1);
    bench.load(2, 0xC300, 1, 2);
    bench.transfer(0x87);
    bench.modify(0x30, 0x08, 0);
    assertThat(bench.read(0x30)).isEqualTo(0x40);
    bench.modify(CANCTRL, 0x10, 0x10);
    assertThat(bench.read(0x40)).isEqualTo(0x40);
    assertThat(bench.read(0x50)).isEqualTo(0x08);
    bench.passMicros(1_000);
    assertThat(bench.read(0x50)).isZero();
    assertThat(bench.peer.taken()).hasSize(1).first().asString().endsWith("#02");
    bench.transfer(0x81);
    assertThat(bench.read(0x30)).isEqualTo(0x40);
    bench.modify(CANCTRL, 0x10, 0);
    bench.transfer(0x81);
    bench.passMicros(1_000);
    assertThat(bench.peer.taken()).hasSize(1);
  }

  @Test
  void oneShotModeTriesOnce() {
    bench.inNormalMode();
    bench.modify(CANCTRL, 0x08, 0x08);
    bench.bus.disturbBy(frame -> 20);
    bench.load(0, 0xC300, 1, 0);
    bench.transfer(0x81);
    bench.passMicros(2_000);
    assertThat(bench.read(TXB0CTRL)).isEqualTo(0x50);
    assertThat(bench.read(0x1C)).isEqualTo(8);
    assertThat(bench.read(CANINTF)).isEqualTo(0x80);
  }

  @Test
  void aDlcBeyondEightSendsEightBytes() {
    bench.inNormalMode();
    bench.load(0, 0xC300, 0x0F, 1, 2, 3, 4, 5, 6, 7, 8);
    bench.transfer(0x81);
    bench.passMicros(700);
    assertThat(bench.peer.taken().getFirst()).endsWith("#0102030405060708");
    bench.send(CanFrame.of(1, 15, -1));
    assertThat(bench.read(0x65)).isEqualTo(15);
  }

  @Test
  void remoteFramesCarryNoData() {
    bench.inNormalMode();
    bench.load(0, 0xC300, 0x42, 1, 2);
    bench.transfer(0x81);
    bench.passMicros(700);
    assertThat(bench.peer.taken().getFirst()).endsWith("0000C300#R2");
    bench.send(new CanFrame(Format.EXTENDED, Kind.REMOTE, 1, 3, 0));
    assertThat(bench.read(0x65)).isEqualTo(0x43);
    assertThat(bench.read(RXB0CTRL)).isEqualTo(0x6E);
  }

  @Test
  void aThirdFrameIsLostAndTold() {
    bench.inNormalMode();
    bench.write(CANINTE, 0x20);
    for (int n = 1; n <= 3; n++) {
      bench.send(numbered(n));
    }
    assertThat(bench.read(CANINTF)).isEqualTo(0x23);
    assertThat(bench.read(EFLG)).isEqualTo(0x80);
    assertThat(bench.read(0x66)).isEqualTo(1);
    assertThat(bench.read(0x76)).isEqualTo(2);
    assertThat(bench.intIsLow()).isTrue();
    assertThat(bench.read(CANSTAT)).isEqualTo(2);
    bench.write(EFLG, 0);
    bench.modify(CANINTF, 0x20, 0);
    assertThat(bench.read(EFLG)).isZero();
    assertThat(bench.intIsLow()).isFalse();
    assertThat(bench.test.warnings).hasSize(1).first().asString().contains("RX1OVR");
  }

  @Test
  void withoutRolloverTheSecondIsLost() {
    bench.inNormalMode();
    bench.write(RXB0CTRL, 0x60);
    bench.send(numbered(1));
    bench.send(numbered(2));
    assertThat(bench.read(CANINTF)).isEqualTo(0x21);
    assertThat(bench.read(EFLG)).isEqualTo(0x40);
  }

  @Test
  void intIsLowWhileAnEnabledFlagIsSet() {
    bench.inNormalMode();
    bench.send(FRAME);
    assertThat(bench.intIsLow()).isFalse();
    bench.write(CANINTE, 1);
    assertThat(bench.intIsLow()).isTrue();
    assertThat(bench.read(CANSTAT)).isEqualTo(6 << 1);
    bench.read(0x61);
    bench.modify(CANINTF, 1, 0);
    assertThat(bench.intIsLow()).isFalse();
    bench.write(CANINTF, 1);
    assertThat(bench.intIsLow()).isTrue();
    assertThat(bench.test.warnings).isEmpty();
  }

  @Test
  void filtersChooseByFormatIdentifierAndData() {
    bench.setUp();
    bench.write(RXB0CTRL, 0);
    bench.write(0x70, 0);
    // RXF0 standard 0x123 with first byte 0x42; RXF2 extended 0x00160000 to 0x0016FFFF.
    bench.transfer(WRITE, 0x00, 0x24, 0x60, 0x42, 0x00, 0xFF, 0xE0, 0, 0);
    bench.transfer(WRITE, 0x20, 0xFF, 0xE0, 0xFF, 0x00, 0xFF, 0xE3, 0, 0);
    bench.transfer(WRITE, 0x08, 0x00, 0xAA, 0, 0);
    bench.enter(NORMAL);
    bench.send(new CanFrame(Format.STANDARD, Kind.DATA, 0x123, 1, 0x43L << 56));
    bench.send(new CanFrame(Format.EXTENDED, Kind.DATA, 0x123 << 18, 1, 0x42L << 56));
    assertThat(bench.read(CANINTF)).isZero();
    bench.send(new CanFrame(Format.STANDARD, Kind.DATA, 0x123, 1, 0x42L << 56));
    assertThat(bench.read(CANINTF)).isEqualTo(1);
    bench.send(CanFrame.of(0x00171234, 0, 0));
    assertThat(bench.read(CANINTF)).isEqualTo(1);
    bench.send(CanFrame.of(0x00161234, 0, 0));
    assertThat(bench.read(CANINTF)).isEqualTo(3);
    assertThat(bench.read(0x70)).isEqualTo(2);
  }

  @Test
  void aRemoteOrExtendedFilterHitIsShown() {
    bench.setUp();
    bench.write(RXB0CTRL, 0);
    bench.write(0x70, 0);
    bench.transfer(WRITE, 0x20, 0xFF, 0xE3, 0xFF, 0xFF, 0xFF, 0xE3, 0xFF, 0xFF);
    bench.transfer(WRITE, 0x14, 0x00, 0x0A, 0x12, 0x34);
    bench.enter(NORMAL);
    bench.send(CanFrame.of(0x00021234, 0, 0));
    assertThat(bench.read(CANINTF)).isEqualTo(2);
    assertThat(bench.read(0x70)).isEqualTo(4);
    assertThat(bench.transfer(0xB0, 0)[1]).isEqualTo(0x94);
  }

  @Test
  void aBufferWrittenWhileItsRequestIsSetIsTold() {
    bench.inNormalMode();
    bench.peer.send(FRAME);
    bench.load(0, 0xC300, 1, 1);
    bench.transfer(0x81);
    bench.load(0, 0xC300, 1, 2);
    bench.load(0, 0xC300, 1, 3);
    assertThat(bench.test.warnings).hasSize(1).first().asString().contains("TXREQ");
  }

  @Test
  void freeingABufferThatWasNotReadIsTold() {
    bench.inNormalMode();
    bench.send(FRAME);
    bench.write(CANINTF, 0);
    assertThat(bench.test.warnings).hasSize(1).first().asString().contains("RXB0 was not read");
    bench.send(FRAME);
    assertThat(bench.read(0x66)).isEqualTo(1);
    bench.write(CANINTF, 0);
    assertThat(bench.test.warnings).hasSize(1);
  }

  @Test
  void emptyingRxb0BeforeAnOlderRxb1IsTold() {
    bench.inNormalMode();
    bench.send(numbered(1));
    bench.send(numbered(2));
    bench.transfer(0x90, 0, 0);
    bench.send(numbered(3));
    assertThat(bench.test.warnings).isEmpty();
    assertThat(bench.transfer(0x92, 0)[1]).isEqualTo(3);
    assertThat(bench.test.warnings).hasSize(1).first().asString().contains("out of order");
    assertThat(bench.transfer(0x96, 0)[1]).isEqualTo(2);
  }

  @Test
  void aRequestOutsideOfNormalModeIsToldAndSentLater() {
    bench.setUp();
    bench.load(0, 0xC300, 1, 1);
    bench.transfer(0x81);
    assertThat(bench.lastWarning()).contains("CONFIGURATION");
    bench.enter(NORMAL);
    bench.passMicros(600);
    assertThat(bench.peer.taken()).hasSize(1);
  }
}
