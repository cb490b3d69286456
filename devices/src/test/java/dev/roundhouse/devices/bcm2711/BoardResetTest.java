package dev.roundhouse.devices.bcm2711;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import dev.roundhouse.devices.plant.MotorPlan;
import dev.roundhouse.devices.serial.SerialPeer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A board that is reset is another board: nothing of the old one happens any more. */
class BoardResetTest {
  private static final long SYSTEM_TIMER = 0xFE003000L;
  private static final long MAILBOX_WRITE = 0xFE00B8A0L;
  private static final long WATCHDOG = 0xFE100000L;
  private static final long CLOCK = 0xFE1010A0L;
  private static final long GPIO = 0xFE200000L;
  private static final long UART = 0xFE201000L;
  private static final long PWM = 0xFE20C000L;
  private static final long AUX = 0xFE215000L;
  private static final int PASSWORD = 0x5A000000;
  private static final int RESETS = 10_000;
  private static final long SECOND = 1_000_000_000;

  private final TestBoard test = new TestBoard();

  /** A far end that has frames, and keeps those from the UART. */
  private static final class Wire implements SerialPeer {
    private final Deque<Integer> coming = new ArrayDeque<>();
    private final List<Integer> came = new ArrayList<>();

    Wire(String text) {
      text.chars().forEach(coming::add);
    }

    @Override
    public void frameFromUart(int value) {
      came.add(value);
    }

    @Override
    public int nextFrame() {
      return coming.isEmpty() ? ENDED : coming.remove();
    }

    @Override
    public boolean inputEnded() {
      return coming.isEmpty();
    }
  }

  private void openUart(int number) {
    long uart = UART + 0x200L * number;
    test.write(uart + 0x24, 26);
    test.write(uart + 0x28, 3);
    test.write(uart + 0x2C, 0x70);
    test.write(uart + 0x30, 0x301);
    test.write(uart + 0x38, 0x10);
  }

  /** Has each kind of device something to do that takes time. */
  private void makeBusy() {
    for (int n : Bcm2711.UARTS) {
      openUart(n);
      test.write(UART + 0x200L * n, 'x');
    }
    test.write(AUX + 4, 3);
    test.write(AUX + 0x60, 3);
    test.write(AUX + 0x40, 'x');
    test.write(AUX + 0x80, 0x0840);
    test.write(AUX + 0xB0, 0x100);
    test.write(SYSTEM_TIMER + 0x0C, test.read(SYSTEM_TIMER + 4) + 1000);
    test.board.genericTimer().physical().setCountsLeft(1000);
    test.board.genericTimer().physical().setControl(1);
    test.write(CLOCK + 4, PASSWORD | 27 << 12);
    test.write(CLOCK, PASSWORD | 0x11);
    test.write(PWM + 0x10, 100);
    test.write(PWM + 0x18, 50);
    test.write(PWM, 0x22);
    test.write(MAILBOX_WRITE, 0x00100008);
    test.write(WATCHDOG + 0x24, PASSWORD | 6554);
    test.write(WATCHDOG + 0x1C, PASSWORD | 0x20);
  }

  @Test
  void nothingFallsDueForABoardThatWasReset() {
    SparseMemory ram = new SparseMemory(new AddressRange(0, 1L << 31));
    test.board.mailbox().attach(ram);
    makeBusy();
    assertThat(test.agenda.nextNanos()).isLessThan(SECOND);
    Bcm2711 old = test.board;
    test.reset();
    assertThat(test.agenda.nextNanos()).isEqualTo(Long.MAX_VALUE);
    test.advance(SECOND);
    assertThat(old.watchdog().rebootRequested()).isFalse();
    assertThat(test.board.watchdog().rebootRequested()).isFalse();
    assertThat(ram.getInt(0x100004)).isZero();
    assertThat(test.events).isEmpty();
  }

  @Test
  void manyResetsLeaveNothingBehind() {
    for (int n = 0; n < RESETS; n++) {
      test.write(WATCHDOG + 0x24, PASSWORD | 6554);
      test.write(WATCHDOG + 0x1C, PASSWORD | 0x20);
      test.reset();
      assertThat(test.agenda.nextNanos()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void aByteThatIsHalfReceivedIsLostAndTheRestGoesToTheNewBoard() {
    Wire wire = new Wire("abcdef");
    test.board.line(0).attach(wire);
    openUart(0);
    test.advance(100_000);
    assertThat(test.read(UART)).isEqualTo('a');
    test.reset();
    test.board.line(0).attach(wire);
    openUart(0);
    test.advance(SECOND);
    List<Integer> received = new ArrayList<>();
    while ((test.read(UART + 0x18) & 0x10) == 0) {
      received.add(test.read(UART));
    }
    assertThat(received).containsExactly((int) 'c', (int) 'd', (int) 'e', (int) 'f');
  }

  @Test
  void whatHasNotLeftTheUartIsLost() {
    Wire wire = new Wire("");
    test.board.line(0).attach(wire);
    openUart(0);
    test.write(UART, 'a');
    test.write(UART, 'b');
    test.write(UART, 'c');
    test.advance(100_000);
    test.reset();
    test.board.line(0).attach(wire);
    test.advance(SECOND);
    assertThat(wire.came).containsExactly((int) 'a');
  }

  @Test
  void aMotorTurnsOnUntilItComesToRest() {
    var motor = MotorPlan.DEFAULT.in(test.clock, test.agenda);
    var wiring = MotorPlan.DEFAULT.wiring();
    motor.connect(test.board.gpio());
    for (int pin : new int[] {wiring.pwm(), wiring.forward()}) {
      long select = GPIO + 4L * (pin / 10);
      test.write(select, test.read(select) | 1 << (pin % 10 * 3));
      test.write(GPIO + 0x1C + 4L * (pin / 32), 1 << (pin % 32));
    }
    test.advance(SECOND);
    double speed = motor.turnsPerSecond();
    assertThat(speed).isPositive();
    test.reset();
    motor.connect(test.board.gpio());
    test.advance(10_000_000);
    assertThat(motor.turnsPerSecond()).isPositive().isLessThan(speed);
    test.advance(60 * SECOND);
    assertThat(motor.turnsPerSecond()).isZero();
    assertThat(test.agenda.nextNanos()).isEqualTo(Long.MAX_VALUE);
  }
}
