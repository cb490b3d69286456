package dev.roundhouse.devices.uart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.FarEnd;
import dev.roundhouse.devices.bcm2711.TestBoard;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.Signal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MiniUartTest {
  private static final long AUX_ENABLES = 0xFE215004L;
  private static final long IO = 0xFE215040L;
  private static final long IER = 0xFE215044L;
  private static final long LCR = 0xFE21504CL;
  private static final long CNTL = 0xFE215060L;
  private static final long STAT = 0xFE215064L;
  private static final long BAUD = 0xFE215068L;
  private static final int DIVISOR_OF_115200 = 541;
  private static final int RECEIVE_INTERRUPT = 1;
  private static final int TRANSMIT_INTERRUPT = 2;
  private static final int TRANSMITTER_BY_CTS = 0xA;
  private static final int RECEIVER_IDLE = 1 << 2;
  private static final long FRAME = 86_720;

  private final TestBoard test = new TestBoard();
  private final Uart uart = test.board.line(1);

  @BeforeEach
  void start() {
    test.write(AUX_ENABLES, 1);
    test.write(LCR, 3);
    test.write(BAUD, DIVISOR_OF_115200);
  }

  private boolean receiverIsIdle() {
    return (test.read(STAT) & RECEIVER_IDLE) != 0;
  }

  @Test
  void theReceiverIsIdleUnlessAFrameComesIn() {
    FarEnd farEnd = new FarEnd();
    farEnd.type("a");
    assertThat(receiverIsIdle()).isTrue();
    uart.attach(farEnd);
    assertThat(receiverIsIdle()).isFalse();
    test.advance(FRAME - 1);
    assertThat(receiverIsIdle()).isFalse();
    test.advance(1);
    assertThat(receiverIsIdle()).isTrue();
  }

  @Test
  void itSeesFramesOfAFarEndWithItsOwnTime() {
    assertThat(receiverIsIdle()).isTrue();
    uart.frameBegins(SerialFormat.CONSOLE);
    assertThat(receiverIsIdle()).isFalse();
    test.advance(SerialFormat.CONSOLE.heardNanos());
    uart.receiveFrame('a', SerialFormat.CONSOLE);
    assertThat(receiverIsIdle()).isFalse();
    test.advance(SerialFormat.CONSOLE.frameNanos() - SerialFormat.CONSOLE.heardNanos());
    assertThat(receiverIsIdle()).isTrue();
  }

  @Test
  void clearToSendMayStillLetAnInterruptCome() {
    FarEnd farEnd = new FarEnd();
    uart.attach(farEnd);
    uart.setCts(Signal.NEGATED);
    test.write(CNTL, TRANSMITTER_BY_CTS);
    test.write(IO, 'a');
    test.write(IER, TRANSMIT_INTERRUPT);
    assertThat(uart.mayStillInterrupt()).isFalse();
    farEnd.clearToSendMayChange = true;
    assertThat(uart.mayStillInterrupt()).isTrue();
  }

  @Test
  void anAnswerToAFrameMayStillInterrupt() {
    FarEnd farEnd = new FarEnd();
    farEnd.ended = true;
    farEnd.reactsToFrames = true;
    uart.attach(farEnd);
    test.write(IER, RECEIVE_INTERRUPT);
    assertThat(uart.mayStillInterrupt()).isFalse();
    test.write(IO, 'a');
    assertThat(uart.mayStillInterrupt()).isTrue();
    test.advance(FRAME);
    assertThat(uart.mayStillInterrupt()).isFalse();
  }

  @Test
  void bytesLostToAFullFifoAreWarnedOfOnceInEachDirection() {
    for (int n = 0; n < 20; n++) {
      uart.receiveFrame(n, SerialFormat.CONSOLE);
      test.write(IO, n);
    }
    assertThat(test.warnings)
        .containsExactlyInAnyOrder(
            "UART1: a byte received while the receive FIFO is full is lost: read AUX_MU_IO until"
                + " bit 0 of AUX_MU_LSR is 0",
            "UART1: a byte written to a full transmit FIFO is lost: wait for bit 5 of AUX_MU_LSR");
  }
}
