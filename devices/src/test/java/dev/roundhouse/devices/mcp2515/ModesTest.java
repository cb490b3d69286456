package dev.roundhouse.devices.mcp2515;

import static dev.roundhouse.devices.mcp2515.Bench.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanPort;
import org.junit.jupiter.api.Test;

/** Modes, bit timing, errors, resets (data sheet, 5, 6, 10). */
class ModesTest {
  private static final CanFrame FRAME = CanFrame.of(0x00160300, 5, 0x0102030405060708L);

  private final Bench bench = new Bench();

  @Test
  void normalModeComesAfterElevenRecessiveBits() {
    bench.setUp();
    bench.write(CANCTRL, NORMAL);
    assertThat(bench.read(CANSTAT)).isEqualTo(0x80);
    bench.passMicros(38);
    assertThat(bench.read(CANSTAT)).isEqualTo(0x80);
    bench.passMicros(4);
    assertThat(bench.read(CANSTAT)).isZero();
  }

  @Test
  void onABusyBusItComesBehindTheFrame() {
    bench.setUp();
    bench.peer.send(FRAME);
    bench.passMicros(200);
    bench.write(CANCTRL, NORMAL);
    bench.passMicros(100);
    assertThat(bench.read(CANSTAT)).isEqualTo(0x80);
    bench.passMicros(400);
    assertThat(bench.read(CANSTAT)).isZero();
    assertThat(bench.read(CANINTF)).isZero();
  }

  @Test
  void aModeIsLeftWhenNothingWaitsForTransmissionAnyMore() {
    bench.inNormalMode();
    bench.load(0, 0xC300, 8, 1, 2, 3, 4, 5, 6, 7, 8);
    bench.transfer(0x81);
    bench.modify(CANCTRL, 0xE0, CONFIGURATION);
    assertThat(bench.read(CANSTAT)).isZero();
    bench.passMicros(700);
    assertThat(bench.read(CANSTAT) & 0xE0).isEqualTo(0x80);
    assertThat(bench.peer.taken()).hasSize(1);
  }

  @Test
  void timingFiltersAndMasksChangeInConfigurationModeAlone() {
    bench.write(0x00, 0x12);
    bench.write(0x20, 0x34);
    bench.inNormalMode();
    bench.write(0x2A, 0xFF);
    bench.write(0x20, 0xFF);
    bench.modify(0x0D, 7, 7);
    assertThat(bench.read(0x2A)).isEqualTo(0x41);
    assertThat(bench.read(0x00)).isZero();
    assertThat(bench.test.warnings).hasSize(1).first().asString().contains("configuration mode");
    bench.enter(CONFIGURATION);
    assertThat(bench.read(0x00)).isEqualTo(0x12);
    assertThat(bench.read(0x20)).isEqualTo(0x34);
    assertThat(bench.read(0x0D)).isEqualTo(0x38);
  }

  @Test
  void loopbackModeHearsItselfAndTheBusDoesNot() {
    bench.setUp();
    bench.enter(LOOPBACK);
    assertThat(bench.read(CANSTAT)).isEqualTo(LOOPBACK);
    bench.load(0, 0xC300, 1, 9);
    bench.transfer(0x81);
    bench.passMicros(200);
    assertThat(bench.read(CANINTF)).isZero();
    bench.passMicros(200);
    assertThat(bench.read(CANINTF)).isEqualTo(5);
    assertThat(bench.read(0x66)).isEqualTo(9);
    assertThat(bench.peer.taken()).isEmpty();
    bench.send(FRAME);
    assertThat(bench.peer.taken().getFirst()).endsWith("NOT_ACKNOWLEDGED");
  }

  @Test
  void listenOnlyModeHearsButDoesNotAcknowledge() {
    bench.setUp();
    bench.enter(LISTEN_ONLY);
    bench.send(FRAME);
    assertThat(bench.peer.taken().getFirst()).endsWith("NOT_ACKNOWLEDGED");
    assertThat(bench.read(CANINTF) & 3).isZero();
    assertThat(bench.read(0x1D)).isZero();
  }

  @Test
  void theBusWakesItIntoListenOnlyMode() {
    bench.setUp();
    bench.write(CANINTE, 0x40);
    bench.enter(SLEEP);
    assertThat(bench.read(CANSTAT)).isEqualTo(SLEEP);
    assertThat(bench.intIsLow()).isFalse();
    bench.peer.send(FRAME);
    bench.passMicros(20);
    assertThat(bench.intIsLow()).isTrue();
    assertThat(bench.read(CANSTAT)).isEqualTo(LISTEN_ONLY | 2 << 1);
    assertThat(bench.read(CANINTF)).isEqualTo(0x40);
  }

  @Test
  void whatWakesBeforeItIsSetUpIsNotBlamedForItsBitRate() {
    bench.enter(SLEEP);
    bench.transfer(WRITE, CANINTE, 0x40, 0x40);
    bench.passMicros(100);
    assertThat(bench.read(CANSTAT) & 0xE0).isEqualTo(LISTEN_ONLY);
    assertThat(bench.test.warnings).isEmpty();
  }

  @Test
  void aProgramWakesItByTheFlag() {
    bench.setUp();
    bench.enter(SLEEP);
    bench.write(CANCTRL, NORMAL);
    bench.passMicros(100);
    assertThat(bench.read(CANSTAT)).isEqualTo(SLEEP);
    bench.write(CANINTE, 0x40);
    bench.write(CANINTF, 0x40);
    bench.passMicros(100);
    assertThat(bench.read(CANSTAT) & 0xE0).isEqualTo(NORMAL);
  }

  @Test
  void aWrongBitRateIsADeadBusAndTold() {
    bench.transfer(WRITE, 0x28, 0x85, 0xF1, 0x40);
    bench.enter(NORMAL);
    assertThat(bench.lastWarning()).contains("500 kbit/s").contains("not the bit rate");
    bench.load(0, 0xC300, 5, 0, 0, 0, 0, 1);
    bench.transfer(0x81);
    bench.passMicros(8_000);
    assertThat(bench.read(EFLG) & 0x20).isEqualTo(0x20);
    assertThat(bench.read(CANINTF) & 0xA0).isEqualTo(0xA0);
    assertThat(bench.peer.seen).noneMatch(each -> each.contains("C300"));
    assertThat(bench.read(TXB0CTRL)).isEqualTo(0x18);
  }

  @Test
  void theCoursesTimingIsRightAndAnotherOfTheSameRateIsToo() {
    bench.inNormalMode();
    assertThat(bench.test.warnings).isEmpty();
    bench.enter(CONFIGURATION);
    // 16 quanta of 250 ns, PS2 taken from PS1.
    bench.transfer(WRITE, 0x28, 0x00, 0x2E, 0x01);
    bench.enter(NORMAL);
    assertThat(bench.lastWarning()).contains("kbit/s");
  }

  @Test
  void withoutAnotherStationFramesAreRepeatedForEver() {
    bench.peer.port().setMode(CanPort.Mode.OFF);
    bench.inNormalMode();
    bench.load(0, 0xC300, 5, 0, 0, 0, 0, 1);
    bench.transfer(0x81);
    bench.passMicros(50_000);
    assertThat(bench.read(0x1C)).isEqualTo(128);
    assertThat(bench.read(TXB0CTRL)).isEqualTo(0x18);
    assertThat(bench.read(EFLG)).isEqualTo(0x15);
    assertThat(bench.read(CANINTF)).isEqualTo(0xA0);
    assertThat(bench.test.warnings).hasSize(1).first().asString().contains("acknowledges");
  }

  @Test
  void busOffEndsAfter128TimesElevenBits() {
    bench.inNormalMode();
    bench.write(CANINTE, 0x20);
    bench.bus.disturbBy(frame -> 20);
    bench.load(0, 0xC300, 5, 0, 0, 0, 0, 1);
    bench.transfer(0x81);
    bench.passMicros(8_000);
    assertThat(bench.read(EFLG) & 0x3F).isEqualTo(0x35);
    assertThat(bench.read(0x1C)).isEqualTo(255);
    assertThat(bench.intIsLow()).isTrue();
    bench.bus.disturbBy(frame -> -1);
    bench.passMicros(6_000);
    assertThat(bench.read(EFLG)).isZero();
    assertThat(bench.read(CANINTF) & 4).isEqualTo(4);
  }

  @Test
  void configurationModeClearsTheErrorCounters() {
    bench.inNormalMode();
    bench.bus.disturbBy(frame -> 20);
    bench.peer.send(FRAME);
    bench.passMicros(2_000);
    assertThat(bench.read(0x1D)).isPositive();
    bench.enter(CONFIGURATION);
    assertThat(bench.read(0x1D)).isZero();
  }

  @Test
  void aResetOfTheBoardPutsItIntoConfigurationMode() {
    bench.inNormalMode();
    bench.write(CANINTE, 3);
    bench.send(FRAME);
    assertThat(bench.intIsLow()).isTrue();
    bench.test.reset();
    assertThat(bench.intIsLow()).isFalse();
    bench.test.board.connect(bench.bus);
    bench.setUpPins();
    bench.passMicros(8);
    assertThat(bench.read(CANSTAT)).isEqualTo(0x80);
    assertThat(bench.read(CANINTE)).isZero();
    bench.send(FRAME);
    assertThat(bench.peer.taken().getLast()).endsWith("NOT_ACKNOWLEDGED");
  }
}
