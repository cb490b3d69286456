package dev.roundhouse.devices.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.TestBoard;
import dev.roundhouse.devices.board.BoardServices;
import dev.roundhouse.devices.serial.SerialFormat;
import org.junit.jupiter.api.Test;

class Sc16ChannelTest {
  private static final int THR = 0;
  private static final int DLL = 0;
  private static final int FCR = 2;
  private static final int LCR = 3;
  private static final int DIVISOR_LATCH = 0x80;
  private static final int EIGHT_BITS = 3;

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

  @Test
  void bytesLostToAFullFifoAreWarnedOfOnceInEachDirection() {
    channel.write(LCR, DIVISOR_LATCH);
    channel.write(DLL, 8);
    channel.write(LCR, EIGHT_BITS);
    channel.write(FCR, 1);
    for (int n = 0; n < 80; n++) {
      channel.receiveFrame(n, SerialFormat.CONSOLE);
      channel.write(THR, n);
    }
    assertThat(test.warnings)
        .containsExactlyInAnyOrder(
            "sc0: a byte received while the receive FIFO is full is lost: read RHR until RXLVL = 0",
            "sc0: a byte written to a full transmit FIFO is lost: wait for TXLVL > 0");
  }
}
