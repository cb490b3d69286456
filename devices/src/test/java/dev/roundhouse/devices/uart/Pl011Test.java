package dev.roundhouse.devices.uart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.FarEnd;
import dev.roundhouse.devices.bcm2711.TestBoard;
import dev.roundhouse.devices.serial.Parity;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.Signal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Pl011Test {
  private static final long UART2 = 0xFE201400L;
  private static final long DR = UART2;
  private static final long RSRECR = UART2 + 0x04;
  private static final long FR = UART2 + 0x18;
  private static final long IBRD = UART2 + 0x24;
  private static final long FBRD = UART2 + 0x28;
  private static final long LCRH = UART2 + 0x2C;
  private static final long CR = UART2 + 0x30;
  private static final long IFLS = UART2 + 0x34;
  private static final long IMSC = UART2 + 0x38;
  private static final long RIS = UART2 + 0x3C;
  private static final long MIS = UART2 + 0x40;
  private static final long ICR = UART2 + 0x44;

  private static final int RXFE = 0x10;
  private static final int TXFF = 0x20;
  private static final int RXFF = 0x40;
  private static final int TXFE = 0x80;
  private static final int BUSY = 0x08;
  private static final int CTS = 0x01;
  private static final int CTSI = 0x02;
  private static final int RXI = 0x10;
  private static final int TXI = 0x20;
  private static final int RTI = 0x40;

  /** 10 bits at 48 MHz / (16 x (26 + 3/64)): 86.8229 microseconds. */
  private static final long CONSOLE_FRAME = 86_823;

  private final TestBoard test = new TestBoard();
  private final Uart uart = test.board.uart(2);
  private final FarEnd peer = new FarEnd();

  Pl011Test() {
    uart.attach(peer);
  }

  private void start(int lineControl, int control) {
    test.write(CR, 0);
    test.write(IBRD, 26);
    test.write(FBRD, 3);
    test.write(LCRH, lineControl);
    test.write(CR, control);
  }

  /** 115200 8N1 with FIFOs, as kernels of this family do. */
  private void startConsole() {
    start(0x70, 0x301);
  }

  private void startWithoutFifos() {
    start(0x60, 0x301);
  }

  private void send(int count) {
    for (int n = 0; n < count; n++) {
      test.write(DR, 'a' + n % 26);
    }
  }

  private boolean irq() {
    return (test.read(0xFF841D04L + 3 * 4) >>> (153 - 128) & 1) != 0;
  }

  @Nested
  class AfterReset {
    @Test
    void bothFifosAreEmptyAndClearToSendIsAsserted() {
      assertThat(test.read(FR)).isEqualTo(RXFE | TXFE | CTS);
    }

    @Test
    void transmitterAndReceiverAreEnabledButNotTheUart() {
      assertThat(test.read(CR)).isEqualTo(0x300);
      assertThat(test.read(IFLS)).isEqualTo(0x12);
      assertThat(test.read(RIS)).isZero();
    }

    @Test
    void identifiesAsRevisionOneP5() {
      assertThat(test.read(0xFE201FE8L)).isEqualTo(0x34);
      assertThat(test.read(0xFE201FFCL)).isEqualTo(0xB1);
    }
  }

  @Nested
  class Transmission {
    @Test
    void aByteArrivesOneFrameTimeAfterItWasWritten() {
      startConsole();
      test.write(DR, 'x');
      test.advance(CONSOLE_FRAME - 1);
      assertThat(peer.received).isEmpty();
      assertThat(test.read(FR) & (BUSY | TXFE)).isEqualTo(BUSY | TXFE);
      test.advance(1);
      assertThat(peer.received).containsExactly((int) 'x');
      assertThat(test.read(FR) & BUSY).isZero();
    }

    @Test
    void framesFollowEachOtherWithoutDrift() {
      startConsole();
      send(10);
      test.advance(10 * CONSOLE_FRAME - 1);
      assertThat(peer.received).hasSize(9);
      test.advance(1);
      assertThat(peer.received).hasSize(10);
    }

    @Test
    void twoStopBitsAndParityMakeTheFrameLonger() {
      start(0x7A, 0x301);
      test.write(DR, 'x');
      test.advance(12 * CONSOLE_FRAME / 10 - 10);
      assertThat(peer.received).isEmpty();
      test.advance(20);
      assertThat(peer.received).hasSize(1);
    }

    @Test
    void theFifoTakes32BytesBehindTheOneInTheShiftRegister() {
      startConsole();
      send(32);
      assertThat(test.read(FR) & TXFF).isZero();
      send(1);
      assertThat(test.read(FR) & TXFF).isEqualTo(TXFF);
      assertThat(test.warnings).isEmpty();
    }

    @Test
    void aByteWrittenToAFullFifoIsLostWithOneWarning() {
      startConsole();
      send(40);
      test.advance(50 * CONSOLE_FRAME);
      assertThat(peer.received).hasSize(33);
      assertThat(test.warnings).hasSize(1).first().asString().contains("UART2", "full");
    }

    @Test
    void withoutFifosOneByteWaitsBehindTheShiftRegister() {
      startWithoutFifos();
      send(1);
      assertThat(test.read(FR) & TXFF).isZero();
      send(1);
      assertThat(test.read(FR) & TXFF).isEqualTo(TXFF);
    }

    @Test
    void nothingLeavesADisabledUartButBytesWait() {
      start(0x70, 0x300);
      send(2);
      test.advance(10 * CONSOLE_FRAME);
      assertThat(peer.received).isEmpty();
      assertThat(test.read(FR) & (BUSY | TXFE)).isEqualTo(BUSY);
      test.write(CR, 0x301);
      test.advance(2 * CONSOLE_FRAME);
      assertThat(peer.received).hasSize(2);
    }

    @Test
    void aFrameOnItsWayIsCompletedAfterDisabling() {
      startConsole();
      send(2);
      test.write(CR, 0);
      test.advance(10 * CONSOLE_FRAME);
      assertThat(peer.received).hasSize(1);
    }

    @Test
    void aByteWriteToTheDataRegisterSendsOneByte() {
      startConsole();
      test.board.bus().write(DR, 1, 'b');
      test.advance(2 * CONSOLE_FRAME);
      assertThat(peer.received).containsExactly((int) 'b');
    }

    @Test
    void shortWordsLoseTheirHighBits() {
      start(0x50, 0x301);
      test.write(DR, 0xFF);
      test.advance(CONSOLE_FRAME);
      assertThat(peer.received).containsExactly(0x7F);
    }
  }

  @Test
  void sourcesThatTheChipHasNotCannotBeUnmasked() {
    test.write(IMSC, 0x7FF);
    assertThat(test.read(IMSC)).isEqualTo(0x7F2);
  }

  @Nested
  class TransmitInterrupt {
    @Test
    void isNotAssertedBeforeAnythingWasSent() {
      startConsole();
      test.write(IMSC, TXI);
      assertThat(test.read(RIS)).isZero();
      assertThat(irq()).isFalse();
    }

    @Test
    void comesWhenTheFifoEmptiesToHalfAndNotBefore() {
      startConsole();
      test.write(IMSC, TXI);
      send(1 + 17);
      assertThat(test.read(RIS) & TXI).isZero();
      test.advance(CONSOLE_FRAME - 1);
      assertThat(irq()).isFalse();
      test.advance(1);
      assertThat(test.read(MIS)).isEqualTo(TXI);
      assertThat(irq()).isTrue();
    }

    @Test
    void levelsFollowTheSelection() {
      startConsole();
      test.write(IFLS, 0);
      send(1 + 8);
      test.advance(3 * CONSOLE_FRAME);
      assertThat(test.read(RIS) & TXI).isZero();
      test.advance(CONSOLE_FRAME);
      assertThat(test.read(RIS) & TXI).isEqualTo(TXI);
    }

    @Test
    void isClearedByFillingTheFifoAboveTheLevel() {
      startConsole();
      send(1 + 17);
      test.advance(CONSOLE_FRAME);
      send(1);
      assertThat(test.read(RIS) & TXI).isZero();
    }

    @Test
    void withoutFifosComesWhenTheByteMovesOn() {
      startWithoutFifos();
      test.write(IMSC, TXI);
      send(1);
      assertThat(test.read(RIS) & TXI).isEqualTo(TXI);
      send(1);
      assertThat(test.read(RIS) & TXI).isZero();
      test.advance(CONSOLE_FRAME);
      assertThat(test.read(RIS) & TXI).isEqualTo(TXI);
    }

    @Test
    void aZeroWrittenToIcrClearsNothing() {
      startWithoutFifos();
      send(1);
      test.write(ICR, 0);
      assertThat(test.read(RIS) & TXI).isEqualTo(TXI);
      test.write(ICR, TXI);
      assertThat(test.read(RIS)).isZero();
    }
  }

  @Nested
  class Reception {
    @Test
    void aByteArrivesOneFrameTimeAfterTheProgramWantsInput() {
      startConsole();
      peer.type("k");
      test.write(IMSC, RXI);
      test.advance(CONSOLE_FRAME - 1);
      assertThat(test.read(FR) & RXFE).isEqualTo(RXFE);
      test.advance(1);
      assertThat(test.read(FR) & RXFE).isZero();
      assertThat(test.read(DR)).isEqualTo('k');
      assertThat(test.read(FR) & RXFE).isEqualTo(RXFE);
    }

    @Test
    void readingDataByByteTakesOneCharacter() {
      startConsole();
      peer.type("kl");
      test.read(DR);
      test.advance(2 * CONSOLE_FRAME);
      assertThat(test.board.bus().read(DR, 1)).isEqualTo('k');
      assertThat(test.board.bus().read(DR, 1)).isEqualTo('l');
    }

    @Test
    void nobodyIsAskedForInputThatTheProgramDoesNotWant() {
      startConsole();
      peer.type("k");
      test.read(FR);
      test.write(DR, 'x');
      test.advance(10 * CONSOLE_FRAME);
      test.read(FR);
      assertThat(peer.asked).isZero();
    }

    @Test
    void pollingTheFlagsOfAnIdleUartAsksForInput() {
      startConsole();
      peer.type("k");
      test.read(FR);
      test.read(FR);
      assertThat(peer.asked).isEqualTo(1);
      test.advance(CONSOLE_FRAME);
      assertThat(test.read(FR) & RXFE).isZero();
    }

    @Test
    void printingBetweenLooksAtTheFlagsIsNoPollingForInput() {
      startConsole();
      for (int n = 0; n < 5; n++) {
        test.read(FR);
        test.write(DR, 'x');
        test.advance(3 * CONSOLE_FRAME);
      }
      assertThat(peer.asked).isZero();
    }

    @Test
    void aLongInputIsHeldBackWhileTheFifoIsFullAndNeverLost() {
      startConsole();
      String text = "abcdefghijklmnopqrstuvwxyz0123456789".repeat(3);
      peer.type(text);
      test.read(DR);
      StringBuilder got = new StringBuilder();
      test.advance(200 * CONSOLE_FRAME);
      assertThat(test.read(FR) & RXFF).isEqualTo(RXFF);
      while (got.length() < text.length()) {
        while ((test.read(FR) & RXFE) == 0) {
          got.append((char) test.read(DR));
        }
        test.advance(7 * CONSOLE_FRAME);
      }
      assertThat(got.toString()).isEqualTo(text);
    }

    @Test
    void aPeerThatHadNothingIsAskedAgainOnlyWhenItSaysSo() {
      startConsole();
      test.read(DR);
      test.read(DR);
      assertThat(peer.asked).isEqualTo(1);
      peer.type("k");
      uart.inputArrived();
      test.advance(CONSOLE_FRAME);
      assertThat(test.read(DR)).isEqualTo('k');
    }

    @Test
    void aReceiverThatIsOffHearsNothing() {
      start(0x70, 0x101);
      uart.receiveFrame('k', SerialFormat.CONSOLE);
      assertThat(test.read(FR) & RXFE).isEqualTo(RXFE);
    }
  }

  @Nested
  class ReceiveInterrupts {
    private void receive(int count) {
      for (int n = 0; n < count; n++) {
        uart.receiveFrame('a' + n, SerialFormat.CONSOLE);
      }
    }

    @Test
    void theReceiveInterruptComesAtHalfFullAndGoesBelow() {
      startConsole();
      test.write(IMSC, RXI);
      receive(15);
      assertThat(irq()).isFalse();
      receive(1);
      assertThat(irq()).isTrue();
      test.read(DR);
      assertThat(irq()).isFalse();
    }

    @Test
    void withoutFifosEachByteInterrupts() {
      startWithoutFifos();
      receive(1);
      assertThat(test.read(RIS) & RXI).isEqualTo(RXI);
      test.read(DR);
      assertThat(test.read(RIS) & RXI).isZero();
    }

    @Test
    void aSingleKeyTimesOutAfter32BitTimes() {
      startConsole();
      test.write(IMSC, RTI);
      receive(1);
      test.advance(CONSOLE_FRAME * 32 / 10 - 2);
      assertThat(test.read(RIS) & RTI).isZero();
      test.advance(4);
      assertThat(test.read(MIS)).isEqualTo(RTI);
      assertThat(irq()).isTrue();
      test.read(DR);
      assertThat(test.read(RIS) & RTI).isZero();
    }

    @Test
    void eachCharacterRestartsTheTimeout() {
      startConsole();
      receive(1);
      test.advance(2 * CONSOLE_FRAME);
      receive(1);
      test.advance(3 * CONSOLE_FRAME);
      assertThat(test.read(RIS) & RTI).isZero();
      test.advance(CONSOLE_FRAME);
      assertThat(test.read(RIS) & RTI).isEqualTo(RTI);
    }

    @Test
    void readingASingleOneOfSeveralKeepsTheTimeoutAsserted() {
      startConsole();
      receive(2);
      test.advance(4 * CONSOLE_FRAME);
      test.read(DR);
      assertThat(test.read(RIS) & RTI).isEqualTo(RTI);
      test.read(DR);
      assertThat(test.read(RIS) & RTI).isZero();
    }
  }

  @Nested
  class Errors {
    @Test
    void bytesLostToAFullFifoAreWarnedOfOnceInEachDirection() {
      startConsole();
      for (int n = 0; n < 40; n++) {
        uart.receiveFrame(n, SerialFormat.CONSOLE);
        test.write(DR, n);
      }
      assertThat(test.warnings)
          .containsExactlyInAnyOrder(
              uart.name()
                  + ": a byte received while the receive FIFO is full is lost: read DR until"
                  + " FR.RXFE = 1",
              uart.name()
                  + ": a byte written to a full transmit FIFO is lost: wait for FR.TXFF = 0");
    }

    @Test
    void a33rdByteOverrunsAndTheNextOneSaysSo() {
      startConsole();
      for (int n = 0; n < 33; n++) {
        uart.receiveFrame(n, SerialFormat.CONSOLE);
      }
      assertThat(test.read(RIS) & 0x400).isEqualTo(0x400);
      assertThat(test.read(RSRECR)).isEqualTo(8);
      assertThat(test.read(DR)).isZero();
      uart.receiveFrame(0x55, SerialFormat.CONSOLE);
      for (int n = 1; n < 32; n++) {
        assertThat(test.read(DR)).isEqualTo(n);
      }
      assertThat(test.read(DR)).isEqualTo(0x855);
      test.write(RSRECR, 0);
      assertThat(test.read(RSRECR)).isZero();
    }

    @Test
    void anotherBaudRateGivesGarbageOrAFramingError() {
      startConsole();
      uart.receiveFrame(0x41, new SerialFormat(9600, 8, Parity.NONE, 1));
      int entry = test.read(DR);
      assertThat(entry & 0x100).isEqualTo(0x100);
      assertThat(test.read(RSRECR) & 1).isEqualTo(1);
      assertThat(test.read(RIS) & 0x80).isEqualTo(0x80);
    }

    @Test
    void aSlightlyWrongBaudRateIsHarmless() {
      startConsole();
      uart.receiveFrame(0xA5, new SerialFormat(117_000, 8, Parity.NONE, 2));
      assertThat(test.read(DR)).isEqualTo(0xA5);
    }

    @Test
    void wrongParityIsReportedWithTheCharacter() {
      start(0x76, 0x301);
      uart.receiveFrame(0x41, new SerialFormat(115_200, 8, Parity.EVEN, 1));
      uart.receiveFrame(0x41, new SerialFormat(115_200, 8, Parity.ODD, 1));
      assertThat(test.read(DR)).isEqualTo(0x41);
      assertThat(test.read(DR)).isEqualTo(0x241);
      assertThat(test.read(RIS) & 0x100).isEqualTo(0x100);
    }

    @Test
    void aBreakIsAZeroWithItsBit() {
      startConsole();
      uart.receiveFrame(0, new SerialFormat(9600, 8, Parity.NONE, 1));
      assertThat(test.read(DR)).isEqualTo(0x500);
      assertThat(test.read(RIS) & 0x200).isEqualTo(0x200);
    }
  }

  @Nested
  class LineSettings {
    @Test
    void theDivisorTakesEffectWithTheNextWriteOfLcrh() {
      startConsole();
      test.write(IBRD, 1250);
      test.write(FBRD, 0);
      assertThat(uart.format().baud()).isEqualTo(115_177);
      test.write(LCRH, 0x78);
      assertThat(uart.format()).isEqualTo(SerialFormat.MARKLIN);
    }

    @Test
    void aDivisorWrittenTooLateIsAWarningAtEnabling() {
      startConsole();
      test.write(CR, 0);
      test.write(IBRD, 1250);
      test.write(CR, 0x301);
      assertThat(test.warnings).hasSize(1).first().asString().contains("UART2", "LCRH");
    }

    @Test
    void theFirstDivisorCountsEvenWhenWrittenAfterLcrh() {
      test.write(CR, 0);
      test.write(LCRH, 0x70);
      test.write(IBRD, 26);
      test.write(FBRD, 3);
      test.write(CR, 0x301);
      test.write(DR, 'x');
      test.advance(CONSOLE_FRAME);
      assertThat(peer.received).containsExactly((int) 'x');
      assertThat(test.warnings).isEmpty();
    }

    @Test
    void withoutADivisorNothingMoves() {
      test.write(LCRH, 0x70);
      test.write(CR, 0x301);
      test.write(DR, 'x');
      test.advance(1_000_000_000);
      assertThat(peer.received).isEmpty();
    }

    @Test
    void disablingFifosDropsWhatTheyHold() {
      startConsole();
      send(10);
      test.write(LCRH, 0x60);
      test.advance(20 * CONSOLE_FRAME);
      assertThat(peer.received).hasSize(1);
    }

    @Test
    void everyParityCanBeSet() {
      start(0x72, 0x301);
      assertThat(uart.format().parity()).isEqualTo(Parity.ODD);
      start(0x76, 0x301);
      assertThat(uart.format().parity()).isEqualTo(Parity.EVEN);
      start(0xF2, 0x301);
      assertThat(uart.format().parity()).isEqualTo(Parity.MARK);
      start(0xF6, 0x301);
      assertThat(uart.format().parity()).isEqualTo(Parity.SPACE);
    }
  }

  @Nested
  class ModemLines {
    @Test
    void aChangeOfClearToSendIsSeenAndInterrupts() {
      startConsole();
      test.write(IMSC, CTSI);
      uart.setCts(Signal.ASSERTED);
      assertThat(irq()).isFalse();
      uart.setCts(Signal.NEGATED);
      assertThat(test.read(FR) & CTS).isZero();
      assertThat(test.read(MIS)).isEqualTo(CTSI);
      test.write(ICR, CTSI);
      assertThat(irq()).isFalse();
      uart.setCts(Signal.ASSERTED);
      assertThat(irq()).isTrue();
    }

    @Test
    void flowControlHoldsTheNextFrameBack() {
      start(0x70, 0x8301);
      send(2);
      uart.setCts(Signal.NEGATED);
      test.advance(10 * CONSOLE_FRAME);
      assertThat(peer.received).hasSize(1);
      uart.setCts(Signal.ASSERTED);
      test.advance(CONSOLE_FRAME);
      assertThat(peer.received).hasSize(2);
    }

    @Test
    void withoutFlowControlClearToSendHoldsNothingBack() {
      startConsole();
      uart.setCts(Signal.NEGATED);
      send(2);
      test.advance(2 * CONSOLE_FRAME);
      assertThat(peer.received).hasSize(2);
    }

    @Test
    void flowControlHoldsTheFirstFrameBackAsWell() {
      start(0x70, 0);
      uart.setCts(Signal.NEGATED);
      test.write(DR, 'x');
      test.write(CR, 0x8301);
      test.advance(10 * CONSOLE_FRAME);
      assertThat(peer.received).isEmpty();
    }

    @Test
    void requestToSendFollowsItsBit() {
      start(0x70, 0xB01);
      assertThat(peer.requests.getLast()).isEqualTo(Signal.ASSERTED);
      test.write(CR, 0x301);
      assertThat(peer.requests.getLast()).isEqualTo(Signal.NEGATED);
      assertThat(peer.requests).endsWith(Signal.ASSERTED, Signal.NEGATED);
    }

    @Test
    void withRtsenTheRoomInTheFifoIsRequested() {
      start(0x70, 0x4301);
      assertThat(peer.requests.getLast()).isEqualTo(Signal.ASSERTED);
      for (int n = 0; n < 16; n++) {
        uart.receiveFrame(n, SerialFormat.CONSOLE);
      }
      assertThat(peer.requests.getLast()).isEqualTo(Signal.NEGATED);
      test.read(DR);
      assertThat(peer.requests.getLast()).isEqualTo(Signal.ASSERTED);
    }

    @Test
    void withRtsenHostInputThatFillsTheFifoNegatesIt() {
      start(0x70, 0x4301);
      peer.type("0123456789abcdefghij");
      test.write(IMSC, RXI);
      test.advance(16 * CONSOLE_FRAME);
      assertThat(peer.requests.getLast()).isEqualTo(Signal.NEGATED);
    }

    @Test
    void inLoopbackTheUartHearsItselfAndRequestToSendIsClearToSend() {
      start(0x70, 0x381);
      assertThat(test.read(FR) & CTS).isZero();
      test.write(CR, 0xB81);
      assertThat(test.read(FR) & CTS).isEqualTo(CTS);
      test.write(DR, 'x');
      test.advance(CONSOLE_FRAME);
      assertThat(test.read(DR)).isEqualTo('x');
      assertThat(peer.received).isEmpty();
    }
  }

  @Nested
  class WhetherAnInterruptMayStillCome {
    @Test
    void noneWithAllSourcesMasked() {
      startConsole();
      send(20);
      assertThat(uart.mayStillInterrupt()).isFalse();
    }

    @Test
    void aReceiveInterruptAsLongAsInputHasNotEnded() {
      startConsole();
      test.write(IMSC, RXI | RTI);
      assertThat(uart.mayStillInterrupt()).isTrue();
      peer.ended = true;
      assertThat(uart.mayStillInterrupt()).isFalse();
    }

    @Test
    void aTimeoutForTheLastByteOfAnInputThatHasEnded() {
      startConsole();
      peer.type("k");
      peer.ended = true;
      test.write(IMSC, RTI);
      assertThat(uart.mayStillInterrupt()).isTrue();
      test.advance(CONSOLE_FRAME);
      assertThat(uart.mayStillInterrupt()).isTrue();
      test.advance(4 * CONSOLE_FRAME);
      assertThat(uart.mayStillInterrupt()).isTrue();
      test.read(DR);
      assertThat(uart.mayStillInterrupt()).isFalse();
    }

    @Test
    void aTransmitInterruptOnlyFromAboveTheLevel() {
      startConsole();
      test.write(IMSC, TXI);
      assertThat(uart.mayStillInterrupt()).isFalse();
      send(5);
      assertThat(uart.mayStillInterrupt()).isFalse();
      send(20);
      assertThat(uart.mayStillInterrupt()).isTrue();
      test.write(CR, 0);
      assertThat(uart.mayStillInterrupt()).isFalse();
    }

    @Test
    void aModemInterruptIfTheFarEndMayDriveTheLine() {
      startConsole();
      test.write(IMSC, CTSI);
      assertThat(uart.mayStillInterrupt()).isFalse();
      peer.clearToSendMayChange = true;
      assertThat(uart.mayStillInterrupt()).isTrue();
    }

    @Test
    void aReceiveInterruptFromItselfInLoopback() {
      start(0x60, 0x381);
      peer.ended = true;
      test.write(IMSC, RXI);
      assertThat(uart.mayStillInterrupt()).isFalse();
      test.write(DR, 'x');
      assertThat(uart.mayStillInterrupt()).isTrue();
    }
  }

  @Test
  void whatIsNotModelledIsAWarningWithItsName() {
    test.write(UART2 + 0x48, 3);
    test.write(UART2 + 0x48, 3);
    test.write(LCRH, 1);
    assertThat(test.warnings).hasSize(2);
    assertThat(test.warnings.get(0)).contains("UART2", "DMACR");
    assertThat(test.warnings.get(1)).contains("LCRH.BRK");
  }
}
