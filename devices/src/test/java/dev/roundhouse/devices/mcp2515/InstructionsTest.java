package dev.roundhouse.devices.mcp2515;

import static dev.roundhouse.devices.mcp2515.Bench.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.can.CanFrame;
import org.junit.jupiter.api.Test;

/** Instructions and their framing (data sheet, 12). */
class InstructionsTest {
  private static final CanFrame FRAME = CanFrame.of(0x00160300, 5, 0x0102030405060708L);

  private final Bench bench = new Bench();

  @Test
  void afterResetItIsInConfigurationModeAndIntIsHigh() {
    assertThat(bench.read(CANSTAT)).isEqualTo(0x80);
    assertThat(bench.read(CANCTRL)).isEqualTo(0x87);
    assertThat(bench.intIsLow()).isFalse();
    assertThat(bench.test.warnings).isEmpty();
  }

  @Test
  void readAndWriteGoOnThroughTheAddressesAndBeginAnew() {
    assertThat(bench.transfer(WRITE, 0x7F, 0x67, 0x11, 0x22)).containsOnly(0);
    assertThat(bench.transfer(READ, 0x7E, 0, 0, 0, 0))
        .containsExactly(0, 0, 0x80, 0x67, 0x11, 0x22 & 0xEB);
    assertThat(bench.transfer(READ, 0xFE, 0, 0)).containsExactly(0, 0, 0x80, 0x67);
  }

  @Test
  void statusAndControlAreInEachRow() {
    bench.write(0x3F, 0x86);
    for (int row = 0; row < 0x80; row += 0x10) {
      assertThat(bench.transfer(READ, row + CANSTAT, 0, 0)).endsWith(0x80, 0x86);
    }
  }

  @Test
  void bitModifyChangesMaskedBitsWhereItMay() {
    bench.write(CANINTE, 0xA5);
    bench.modify(CANINTE, 0x0F, 0x3C);
    assertThat(bench.read(CANINTE)).isEqualTo(0xAC);
    // K's enable function: data 1 with a mask sets RX0IE alone.
    bench.modify(CANINTE, 0xFF, 1);
    assertThat(bench.read(CANINTE)).isEqualTo(1);
    bench.modify(CANINTE, 0x02, 1);
    assertThat(bench.read(CANINTE)).isEqualTo(1);
  }

  @Test
  void bitModifyOfOtherRegistersWritesTheWholeByte() {
    bench.write(0x31, 0xA5);
    bench.modify(0x31, 0x0F, 0x3C);
    assertThat(bench.read(0x31)).isEqualTo(0x3C);
    bench.write(0x00, 0xA5);
    bench.modify(0x00, 0x00, 0x5A);
    assertThat(bench.read(0x00)).isEqualTo(0x5A);
  }

  @Test
  void aWriteActsByteByByteAndBitModifyWithItsLast() {
    bench.transfer(WRITE, CANINTE);
    assertThat(bench.lastWarning()).contains("2 bytes of WRITE");
    bench.transfer(BIT_MODIFY, CANINTE, 0xFF);
    assertThat(bench.read(CANINTE)).isZero();
    bench.transfer(WRITE, CANINTE, 0x11);
    assertThat(bench.read(CANINTE)).isEqualTo(0x11);
  }

  @Test
  void aByteThatChipSelectCutsOffIsNone() {
    bench.test.write(0xFE204000L, 1 << 7);
    bench.test.write(0xFE204004L, WRITE);
    bench.test.advance(800);
    bench.test.write(0xFE204004L, CANINTE);
    bench.test.advance(800);
    bench.test.write(0xFE204004L, 0xFF);
    bench.test.advance(700);
    bench.test.write(0xFE204000L, 0);
    bench.test.write(0xFE204000L, 3 << 4);
    assertThat(bench.read(CANINTE)).isZero();
  }

  @Test
  void undefinedInstructionsAreIgnoredAndToldOnce() {
    for (int first : new int[] {0x00, 0x01, 0x04, 0x46, 0x47, 0x88, 0x91, 0x98, 0xA1, 0xC1, 0xFF}) {
      assertThat(bench.transfer(first, CANINTE, 0xFF, 0xFF)).containsOnly(0);
    }
    assertThat(bench.read(CANINTE)).isZero();
    assertThat(bench.test.warnings).hasSize(1).first().asString().contains("0x00 is no instr");
  }

  @Test
  void resetTakesEightMicrosecondsInWhichNothingIsHeard() {
    bench.inNormalMode();
    assertThat(bench.read(CANSTAT)).isZero();
    bench.transfer(0xC0);
    bench.write(CANINTE, 1);
    assertThat(bench.lastWarning()).contains("8 us");
    bench.passMicros(8);
    assertThat(bench.read(CANINTE)).isZero();
    assertThat(bench.read(CANSTAT)).isEqualTo(0x80);
    assertThat(bench.read(0x28)).isZero();
  }

  @Test
  void readRxBufferGivesItFromItsStartOrItsDataAndFreesIt() {
    bench.inNormalMode();
    bench.send(FRAME);
    bench.send(CanFrame.of(0x00170300, 2, 0xAABBL << 48));
    assertThat(bench.read(CANINTF)).isEqualTo(3);
    assertThat(bench.transfer(0x90, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        .containsExactly(0, 0x00, 0xAA, 0x03, 0x00, 5, 1, 2, 3, 4, 5);
    assertThat(bench.read(CANINTF)).isEqualTo(2);
    assertThat(bench.transfer(0x96, 0, 0)).containsExactly(0, 0xAA, 0xBB);
    assertThat(bench.read(CANINTF)).isZero();
    assertThat(bench.test.warnings).isEmpty();
  }

  @Test
  void loadTxBufferAndRequestToSendSendAFrame() {
    bench.inNormalMode();
    bench.transfer(0x40, 0x00, 0x08, 0xC3, 0x00, 5, 0, 0, 0, 0x0E, 1);
    bench.transfer(0x81);
    bench.passMicros(600);
    assertThat(bench.peer.taken().getFirst()).endsWith("0000C300#0000000E01");
    bench.transfer(0x43, 9);
    bench.transfer(0x42, 0x15, 0x40, 0, 0, 1);
    bench.transfer(0x82);
    bench.passMicros(600);
    assertThat(bench.peer.taken().getFirst()).endsWith("0AA#09");
  }

  @Test
  void readStatusShowsFlagsAndRequestsAgainAndAgain() {
    bench.inNormalMode();
    bench.load(0, 0xC300, 0);
    bench.load(1, 0xC300, 0);
    bench.load(2, 0xC300, 0);
    bench.transfer(0x87);
    assertThat(bench.transfer(0xA0, 0, 0)).containsExactly(0, 0x54, 0x54);
    bench.passMicros(340);
    assertThat(bench.transfer(0xA0, 0)[1]).isEqualTo(0x94);
    bench.passMicros(800);
    assertThat(bench.transfer(0xA0, 0)[1]).isEqualTo(0xA8);
    bench.send(FRAME);
    bench.send(FRAME);
    assertThat(bench.transfer(0xA0, 0)[1]).isEqualTo(0xAB);
  }

  @Test
  void rxStatusTellsBufferKindAndFilter() {
    bench.inNormalMode();
    assertThat(bench.transfer(0xB0, 0)[1]).isZero();
    bench.send(FRAME);
    assertThat(bench.transfer(0xB0, 0)[1]).isEqualTo(0x50);
    bench.send(new CanFrame(CanFrame.Format.STANDARD, CanFrame.Kind.REMOTE, 0x123, 8, 0));
    assertThat(bench.transfer(0xB0, 0)[1]).isEqualTo(0xD0);
    bench.transfer(0x90);
    assertThat(bench.transfer(0xB0, 0)[1]).isEqualTo(0x8E);
    assertThat(bench.read(0x72)).isEqualTo(0x70);
    assertThat(bench.read(0x75)).isEqualTo(8);
  }
}
