package dev.roundhouse.devices.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.TestBoard;
import org.junit.jupiter.api.Test;

/** SPI1 of the board, whose pins are not connected: it receives zeros. */
class AuxSpiTest {
  private static final long AUX_IRQ = 0xFE215000L;
  private static final long AUX_ENABLES = 0xFE215004L;
  private static final long CNTL0 = 0xFE215080L;
  private static final long CNTL1 = 0xFE215084L;
  private static final long STAT = 0xFE215088L;
  private static final long IO = 0xFE2150A0L;
  private static final int BYTE_A_MILLISECOND = 0xFFF << 20 | 1 << 11 | 8;
  private static final int CLEAR_FIFOS = 1 << 9;
  private static final int BUSY = 1 << 6;
  private static final int RECEIVE_EMPTY = 1 << 7;
  private static final int DONE_IRQ = 1 << 6;
  private static final long BYTE_NANOS = 131_072;

  private final TestBoard test = new TestBoard();

  private void start() {
    test.write(AUX_ENABLES, 2);
    test.write(CNTL0, BYTE_A_MILLISECOND);
    test.write(CNTL1, DONE_IRQ);
  }

  private boolean isDone() {
    return (test.read(AUX_IRQ) & 2) != 0;
  }

  @Test
  void itIsDoneWhenAnEntryIsShifted() {
    start();
    assertThat(isDone()).isTrue();
    test.write(IO, 0);
    assertThat(isDone()).isFalse();
    test.advance(BYTE_NANOS - 1);
    assertThat(isDone()).isFalse();
    test.advance(1);
    assertThat(isDone()).isTrue();
  }

  @Test
  void afterItsFifosWereClearedItIsDoneWhenTheEntryUnderWayIsShifted() {
    start();
    test.write(IO, 0);
    test.write(IO, 0);
    test.advance(BYTE_NANOS / 2);
    test.write(CNTL0, BYTE_A_MILLISECOND | CLEAR_FIFOS);
    assertThat(test.read(STAT) & BUSY).isEqualTo(BUSY);
    assertThat(isDone()).isFalse();
    test.advance(BYTE_NANOS / 2);
    assertThat(test.read(STAT) & (BUSY | RECEIVE_EMPTY)).isEqualTo(RECEIVE_EMPTY);
    assertThat(isDone()).isTrue();
    test.advance(BYTE_NANOS);
    assertThat(isDone()).isTrue();
  }

  @Test
  void anEntryThatFollowsAClearingHasAllItsTime() {
    start();
    test.write(IO, 0);
    test.advance(BYTE_NANOS / 2);
    test.write(CNTL0, BYTE_A_MILLISECOND | CLEAR_FIFOS);
    test.write(CNTL0, BYTE_A_MILLISECOND);
    test.write(IO, 0);
    test.advance(BYTE_NANOS / 2);
    assertThat(isDone()).isFalse();
    test.advance(BYTE_NANOS - 1);
    assertThat(isDone()).isFalse();
    test.advance(1);
    assertThat(isDone()).isTrue();
  }
}
