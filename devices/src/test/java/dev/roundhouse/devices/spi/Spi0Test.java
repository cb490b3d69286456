package dev.roundhouse.devices.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.TestBoard;
import org.junit.jupiter.api.Test;

/** SPI0 of the board, with the MCP2515 behind it. */
class Spi0Test {
  private static final long CS = 0xFE204000L;
  private static final long FIFO = 0xFE204004L;
  private static final long CLK = 0xFE204008L;
  private static final long PACTL_CS = 0xFE204E00L;
  private static final long GPFSEL0 = 0xFE200000L;
  private static final long GPFSEL1 = 0xFE200004L;
  private static final long GPSET0 = 0xFE20001CL;
  private static final long GPCLR0 = 0xFE200028L;
  private static final int TA = 1 << 7;
  private static final int INTD = 1 << 9;
  private static final int INTR = 1 << 10;
  private static final int CLEAR = 3 << 4;
  private static final int DONE = 1 << 16;
  private static final int RXD = 1 << 17;
  private static final int TXD = 1 << 18;
  private static final int RXR = 1 << 19;
  private static final int RXF = 1 << 20;
  private static final int FLAGS = DONE | RXD | TXD | RXR | RXF;
  private static final int BYTE_NANOS = 800;

  private final TestBoard test = new TestBoard();

  private void start() {
    test.write(GPFSEL0, 4 << 24 | 4 << 27);
    test.write(GPFSEL1, 4 | 4 << 3);
    test.write(CLK, 50);
    test.advance(10_000);
  }

  private int flags() {
    return test.read(CS) & FLAGS;
  }

  @Test
  void afterResetItIsAsTheManualSays() {
    assertThat(test.read(CS)).isEqualTo(0x41000);
    assertThat(test.read(CLK)).isZero();
    assertThat(test.read(CS + 0x0C)).isZero();
    assertThat(test.read(CS + 0x10)).isEqualTo(1);
    assertThat(test.read(CS + 0x14)).isEqualTo(0x30201020);
  }

  @Test
  void aByteTakesEightClocks() {
    start();
    test.write(CS, TA);
    assertThat(flags()).isEqualTo(DONE | TXD);
    test.write(FIFO, 0xA0);
    assertThat(flags()).isEqualTo(TXD);
    test.advance(BYTE_NANOS - 1);
    assertThat(flags()).isEqualTo(TXD);
    test.advance(1);
    assertThat(flags()).isEqualTo(DONE | RXD | TXD);
    assertThat(test.read(FIFO)).isZero();
    test.write(CS, 0);
    assertThat(flags()).isEqualTo(TXD);
  }

  @Test
  void aDividerOfZeroIsTheLargestAndOddOnesAreRoundedDown() {
    start();
    test.write(CLK, 0);
    test.write(CS, TA);
    test.write(FIFO, 0);
    test.advance(8 * 65536 * 2 - 1);
    assertThat(flags() & DONE).isZero();
    test.advance(1);
    assertThat(flags() & DONE).isEqualTo(DONE);
    test.write(CLK, 51);
    test.write(FIFO, 0);
    test.advance(BYTE_NANOS);
    assertThat(flags() & DONE).isEqualTo(DONE);
  }

  @Test
  void aFullReceiveFifoStopsTheClock() {
    start();
    test.write(CS, TA);
    for (int n = 0; n < 64; n++) {
      test.write(FIFO, 0);
    }
    assertThat(flags()).isEqualTo(TXD);
    test.write(FIFO, 0);
    assertThat(flags()).isZero();
    test.advance(47 * BYTE_NANOS);
    assertThat(flags()).isEqualTo(RXD | TXD);
    test.advance(BYTE_NANOS);
    assertThat(flags()).isEqualTo(RXD | TXD | RXR);
    test.advance(100 * BYTE_NANOS);
    assertThat(flags()).isEqualTo(RXD | TXD | RXR | RXF);
    test.read(FIFO);
    test.advance(BYTE_NANOS);
    assertThat(flags()).isEqualTo(DONE | RXD | TXD | RXR | RXF);
    test.write(CS, 0);
    assertThat(flags()).isEqualTo(RXD | TXD | RXF);
    test.write(CS, CLEAR);
    assertThat(test.read(CS)).isEqualTo(TXD);
  }

  @Test
  void aByteForAFullFifoIsLostAndTold() {
    start();
    test.write(CS, TA);
    for (int n = 0; n < 66; n++) {
      test.write(FIFO, 0);
    }
    assertThat(test.warnings).hasSize(1).first().asString().contains("TXD");
  }

  @Test
  void doneAndFillAreInterruptsOfTheirOwn() {
    start();
    test.write(CS, INTD);
    assertThat(test.read(PACTL_CS)).isZero();
    test.write(CS, TA | INTD);
    assertThat(test.read(PACTL_CS)).isEqualTo(1);
    test.write(FIFO, 0);
    assertThat(test.read(PACTL_CS)).isZero();
    test.advance(BYTE_NANOS);
    assertThat(test.read(PACTL_CS)).isEqualTo(1);
    test.write(CS, TA | INTR);
    assertThat(test.read(PACTL_CS)).isZero();
    for (int n = 0; n < 47; n++) {
      test.write(FIFO, 0);
    }
    test.advance(47 * BYTE_NANOS - 1);
    assertThat(test.read(PACTL_CS)).isZero();
    test.advance(1);
    assertThat(test.read(PACTL_CS)).isEqualTo(1);
    test.read(FIFO);
    assertThat(test.read(PACTL_CS)).isZero();
  }

  @Test
  void withoutTransferNothingIsSent() {
    start();
    test.write(FIFO, 0xC0);
    test.advance(BYTE_NANOS);
    assertThat(flags()).isEqualTo(TXD);
    test.write(CS, TA);
    test.advance(BYTE_NANOS);
    assertThat(flags()).isEqualTo(DONE | TXD);
    assertThat(test.warnings).hasSize(1).first().asString().contains("TA = 0");
  }

  @Test
  void anEmptyFifoReadsAsZeroAndIsTold() {
    assertThat(test.read(FIFO)).isZero();
    assertThat(test.read(FIFO)).isZero();
    assertThat(test.warnings).hasSize(1).first().asString().contains("RXD");
  }

  @Test
  void aTransferThatIsCutOffIsTold() {
    start();
    test.write(CS, TA);
    test.write(FIFO, 0xA0);
    test.write(CS, 0);
    test.advance(BYTE_NANOS);
    assertThat(flags()).isEqualTo(TXD);
    assertThat(test.warnings).hasSize(1).first().asString().contains("DONE");
  }

  @Test
  void withoutItsPinsItReachesNobody() {
    start();
    test.write(GPFSEL1, 0);
    assertThat(statusByte(TA)).isZero();
    assertThat(test.warnings).hasSize(1).first().asString().contains("ALT0");
  }

  @Test
  void modesZeroAndThreeReachTheDeviceAndTheOthersDoNot() {
    start();
    assertThat(statusByte(TA)).isEqualTo(0x80);
    assertThat(statusByte(TA | 3 << 2)).isEqualTo(0x80);
    assertThat(test.warnings).isEmpty();
    assertThat(statusByte(TA | 1 << 2)).isZero();
    assertThat(test.warnings).hasSize(1).first().asString().contains("mode");
  }

  @Test
  void theOtherChipSelectReachesNobody() {
    start();
    assertThat(statusByte(TA | 1)).isZero();
  }

  /** Reads CANSTAT of the MCP2515. */
  private int statusByte(int control) {
    test.write(CS, control);
    test.write(FIFO, 3);
    test.write(FIFO, 0x0E);
    test.write(FIFO, 0);
    test.advance(3 * BYTE_NANOS);
    test.write(CS, control & ~TA);
    test.read(FIFO);
    test.read(FIFO);
    return test.read(FIFO);
  }

  @Test
  void itsFlagsAreSteadyBetweenAlarms() {
    assertThat(test.board.bus().steadyUntil(CS, 0)).isEqualTo(Long.MAX_VALUE);
    assertThat(test.board.bus().steadyUntil(FIFO, 0)).isZero();
  }

  @Test
  void aPinThatIsAnOutputIsAChipSelectOfTheProgram() {
    start();
    test.write(GPSET0, 1 << 8);
    test.write(GPFSEL0, 1 << 24 | 4 << 27);
    test.write(GPCLR0, 1 << 8);
    int[] back = new int[3];
    int[] sent = {3, 0x0E, 0};
    for (int n = 0; n < sent.length; n++) {
      test.write(CS, TA);
      test.write(FIFO, sent[n]);
      test.advance(BYTE_NANOS);
      back[n] = test.read(FIFO);
      test.write(CS, 0);
    }
    assertThat(back).containsExactly(0, 0, 0x80);
    test.write(GPSET0, 1 << 8);
    test.write(CS, TA);
    test.write(FIFO, 0xA0);
    test.advance(BYTE_NANOS);
    test.write(CS, 0);
    assertThat(test.warnings).isEmpty();
  }
}
