package dev.roundhouse.devices.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.FarEnd;
import dev.roundhouse.devices.bcm2711.TestBoard;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.serial.Parity;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.Signal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Sc16ChannelTest {
  private static final int THR = 0;
  private static final int DLL = 0;
  private static final int IER = 1;
  private static final int EFR = 2;
  private static final int FCR = 2;
  private static final int LCR = 3;
  private static final int MCR = 4;
  private static final int LSR = 5;
  private static final int MSR = 6;
  private static final int LINE_STATUS_INTERRUPT = 4;
  private static final int ERRORS = 0x9E;
  private static final int ERROR_IN_FIFO = 0x80;
  private static final int FRAMING_ERROR = 0x08;
  private static final int DIVISOR_LATCH = 0x80;
  private static final int EIGHT_BITS = 3;
  private static final int ENHANCED_SET = 0xBF;
  private static final int ENHANCED_FUNCTIONS = 0x10;
  private static final int AUTO_CTS = 0x80;
  private static final int LOOPBACK = 0x10;
  private static final int RTS = 0x02;
  private static final int CTS_AND_ITS_CHANGE = 0x11;

  private final TestBoard test = new TestBoard();
  private final Sc16Channel channel =
      new Sc16Channel(
          "sc0",
          new BoardServices(
              test.clock,
              test.agenda.part(),
              test,
              (where, what) -> test.warnings.add(where + ": " + what)),
          () -> {});

  @BeforeEach
  void start() {
    channel.write(LCR, DIVISOR_LATCH);
    channel.write(DLL, 8);
    channel.write(LCR, EIGHT_BITS);
    channel.write(FCR, 1);
  }

  private void writeEnhanced(int value) {
    channel.write(LCR, ENHANCED_SET);
    channel.write(EFR, value);
    channel.write(LCR, EIGHT_BITS);
  }

  @Test
  void inLoopbackRequestToSendIsClearToSendAndItsChangeIsSeen() {
    channel.write(MCR, LOOPBACK);
    channel.read(MSR);
    assertThat(channel.read(MSR)).isZero();
    channel.write(MCR, LOOPBACK | RTS);
    assertThat(channel.read(MSR)).isEqualTo(CTS_AND_ITS_CHANGE);
  }

  @Test
  void whatOnlyEnhancedFunctionsMayChangeStaysAsItIsWithoutThem() {
    writeEnhanced(ENHANCED_FUNCTIONS);
    channel.write(IER, 0xF0);
    channel.write(MCR, 0xE0);
    writeEnhanced(0);
    channel.write(IER, 0x01);
    channel.write(MCR, 0x01);
    assertThat(channel.read(IER)).isEqualTo(0xF1);
    assertThat(channel.read(MCR)).isEqualTo(0xE1);
  }

  @Test
  void aResetTakesBackWhatOnlyEnhancedFunctionsMayChange() {
    writeEnhanced(ENHANCED_FUNCTIONS);
    channel.write(MCR, 0xE6);
    channel.reset();
    assertThat(channel.read(MCR)).isZero();
  }

  @Test
  void clearToSendMayStillLetAnInterruptCome() {
    FarEnd farEnd = new FarEnd();
    channel.uart().attach(farEnd);
    writeEnhanced(AUTO_CTS);
    channel.uart().setCts(Signal.NEGATED);
    for (int n = 0; n < 60; n++) {
      channel.write(THR, n);
    }
    channel.write(IER, 2);
    assertThat(channel.uart().mayStillInterrupt()).isFalse();
    farEnd.clearToSendMayChange = true;
    assertThat(channel.uart().mayStillInterrupt()).isTrue();
  }

  @Test
  void anAnswerToAFrameMayStillInterrupt() {
    FarEnd farEnd = new FarEnd();
    farEnd.ended = true;
    farEnd.reactsToFrames = true;
    channel.uart().attach(farEnd);
    channel.write(IER, 1);
    assertThat(channel.uart().mayStillInterrupt()).isFalse();
    channel.write(THR, 'a');
    assertThat(channel.uart().mayStillInterrupt()).isTrue();
  }

  @Test
  void lineStatusShowsTheErrorOfTheCharacterThatIsReadNext() {
    SerialFormat slow = new SerialFormat(57_600, 8, Parity.NONE, 1);
    channel.write(IER, LINE_STATUS_INTERRUPT);
    channel.uart().receiveFrame('a', SerialFormat.CONSOLE);
    channel.uart().receiveFrame(1, slow);
    assertThat(channel.read(LSR) & ERRORS).isEqualTo(ERROR_IN_FIFO);
    channel.read(THR);
    assertThat(channel.read(LSR) & ERRORS).isEqualTo(ERROR_IN_FIFO | FRAMING_ERROR);
    assertThat(channel.interrupts()).isTrue();
    channel.read(THR);
    assertThat(channel.read(LSR) & ERRORS).isZero();
    assertThat(channel.interrupts()).isFalse();
  }

  @Test
  void bytesLostToAFullFifoAreWarnedOfOnceInEachDirection() {
    for (int n = 0; n < 80; n++) {
      channel.uart().receiveFrame(n, SerialFormat.CONSOLE);
      channel.write(THR, n);
    }
    assertThat(test.warnings)
        .containsExactlyInAnyOrder(
            "sc0: a byte received while the receive FIFO is full is lost: read RHR until RXLVL = 0",
            "sc0: a byte written to a full transmit FIFO is lost: wait for TXLVL > 0");
  }
}
