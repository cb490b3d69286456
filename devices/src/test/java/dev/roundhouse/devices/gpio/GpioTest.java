package dev.roundhouse.devices.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.bcm2711.TestBoard;
import dev.roundhouse.devices.irq.Level;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpioTest {
  private static final long GPIO = 0xFE200000L;
  private static final long GPSET = GPIO + 0x1C;
  private static final long GPCLR = GPIO + 0x28;
  private static final long GPLEV = GPIO + 0x34;
  private static final long GPEDS = GPIO + 0x40;
  private static final long RISING = GPIO + 0x4C;
  private static final long FALLING = GPIO + 0x58;
  private static final long HIGH = GPIO + 0x64;
  private static final long LOW = GPIO + 0x70;
  private static final long ASYNC_RISING = GPIO + 0x7C;
  private static final long ASYNC_FALLING = GPIO + 0x88;
  private static final long PULLS = GPIO + 0xE4;
  private static final long SPI_STATUS = 0xFF841D04L + 4 * 3;
  private static final int PIN = 9;

  private final TestBoard test = new TestBoard();

  /** The GPIO lines at the interrupt controller: bank 0, 1, 2, all. */
  private int interrupts() {
    return test.read(SPI_STATUS) >>> (Bcm2711.GPIO_INTERRUPT % 32) & 0xF;
  }

  private void pulse(int pin) {
    test.board.gpio().drive(pin, Level.HIGH);
    test.board.gpio().drive(pin, Level.LOW);
  }

  @Test
  void theLevelThatKeepsAnInterruptAssertedIsNamed() {
    assertThat(test.board.gpio().lastingCause()).isEmpty();
    test.write(LOW, 1 << 20);
    assertThat(test.board.gpio().lastingCause()).hasValue("GPIO 20 is low (GPLEN)");
    test.board.gpio().drive(20, Level.HIGH);
    assertThat(test.board.gpio().lastingCause()).isEmpty();
    test.write(HIGH, 1 << 20);
    assertThat(test.board.gpio().lastingCause()).hasValue("GPIO 20 is high (GPHEN)");
  }

  @Test
  void anOutputPinReadsAsItIsDriven() {
    test.write(GPIO, 1 << (3 * 4));
    test.write(GPSET, 1 << 4);
    assertThat(test.read(GPLEV) >>> 4 & 1).isEqualTo(1);
    test.write(GPCLR, 1 << 4);
    assertThat(test.read(GPLEV) >>> 4 & 1).isZero();
  }

  @Test
  void anInputPinReadsAsItsPullDrivesIt() {
    assertThat(test.read(GPLEV) & 0x3FF).isEqualTo(0x1FF);
    test.write(PULLS, 2 << (2 * 3));
    assertThat(test.read(GPLEV) & 0xFFFF).isZero();
  }

  @Test
  void whatDrivesAPinFromOutsideWinsOverItsPullButNotOverAnOutput() {
    test.board.gpio().drive(0, Level.LOW);
    assertThat(test.read(GPLEV) & 1).isZero();
    test.write(GPSET, 1);
    assertThat(test.read(GPLEV) & 1).isZero();
    test.write(GPIO, 1);
    assertThat(test.read(GPLEV) & 1).isEqualTo(1);
    assertThat(test.board.gpio().function(0)).isEqualTo(PinFunction.OUTPUT);
  }

  @ParameterizedTest
  @CsvSource({"4C, true", "58, false", "7C, true", "88, false"})
  void anEdgeOfTheEnabledKindIsDetected(String register, boolean onRising) {
    long enable = GPIO + Long.parseLong(register, 16);
    test.write(enable, 1 << PIN);
    test.board.gpio().drive(PIN, Level.HIGH);
    assertThat(test.read(GPEDS) != 0).isEqualTo(onRising);
    test.write(GPEDS, 1 << PIN);
    assertThat(test.read(GPEDS)).isZero();
    test.board.gpio().drive(PIN, Level.LOW);
    assertThat(test.read(GPEDS) != 0).isEqualTo(!onRising);
    assertThat(test.warnings).isEmpty();
  }

  @Test
  void aClearOfSomeBitsLeavesTheOthers() {
    test.write(RISING, 0b11 << 10);
    pulse(10);
    pulse(11);
    test.write(GPEDS, 1 << 10);
    assertThat(test.read(GPEDS)).isEqualTo(1 << 11);
    test.write(GPEDS, 0);
    assertThat(test.read(GPEDS)).isEqualTo(1 << 11);
  }

  @Test
  void aLevelThatStaysSetsItsStatusAgain() {
    test.write(HIGH, 1 << PIN);
    test.board.gpio().drive(PIN, Level.HIGH);
    test.write(GPEDS, 1 << PIN);
    assertThat(test.read(GPEDS)).isEqualTo(1 << PIN);
    test.board.gpio().drive(PIN, Level.LOW);
    assertThat(test.read(GPEDS)).isEqualTo(1 << PIN);
    test.write(GPEDS, 1 << PIN);
    assertThat(test.read(GPEDS)).isZero();
  }

  @Test
  void aLowLevelIsDetectedAtOnceWhenItIsLookedFor() {
    test.write(LOW, 1 << PIN);
    assertThat(test.read(GPEDS)).isEqualTo(1 << PIN);
    assertThat(interrupts()).isEqualTo(0b1001);
  }

  @Test
  void eachBankHasItsInterruptAndAllPinsHaveOneMore() {
    int[] pins = {27, 28, 45, 46};
    int[] lines = {0b1001, 0b1010, 0b1010, 0b1100};
    for (int i = 0; i < pins.length; i++) {
      long word = pins[i] / 32 * 4L;
      test.board.gpio().drive(pins[i], Level.LOW);
      test.write(ASYNC_RISING + word, 1 << pins[i]);
      pulse(pins[i]);
      assertThat(interrupts()).isEqualTo(lines[i]);
      test.write(GPEDS + word, 1 << pins[i]);
      assertThat(interrupts()).isZero();
    }
  }

  @Test
  void theProgramsOwnOutputIsDetectedToo() {
    test.write(GPIO + 4, 1 << 3);
    test.write(FALLING, 1 << 11);
    test.write(ASYNC_FALLING, 1 << 11);
    test.write(GPSET, 1 << 11);
    assertThat(test.read(GPEDS)).isZero();
    test.write(GPCLR, 1 << 11);
    assertThat(test.read(GPEDS)).isEqualTo(1 << 11);
  }

  @Test
  void thereAreNoPinsBehindTheLast() {
    test.write(LOW + 4, -1);
    assertThat(test.read(GPEDS + 4) >>> (58 - 32)).isZero();
    assertThatThrownBy(() -> test.board.gpio().drive(58, Level.HIGH)).hasMessageContaining("58");
    assertThatThrownBy(() -> test.board.gpio().level(-1)).hasMessageContaining("-1");
  }

  @Test
  void whoWatchesAPinHearsOfEachChange() {
    List<Level> seen = new ArrayList<>();
    Gpio gpio = test.board.gpio();
    gpio.watch(PIN, () -> seen.add(gpio.level(PIN)));
    pulse(PIN);
    gpio.drive(PIN, Level.LOW);
    pulse(PIN + 1);
    assertThat(seen).containsExactly(Level.HIGH, Level.LOW);
  }

  @Test
  void anInterruptMayStillComeOnlyWhereSomethingIsDetectedAndPinsMayChange() {
    boolean[] moves = {false};
    test.board.gpio().addSource(() -> moves[0]);
    test.write(RISING, 1);
    assertThat(test.board.gpio().mayStillInterrupt(0)).isFalse();
    moves[0] = true;
    assertThat(test.board.gpio().mayStillInterrupt(0)).isTrue();
    assertThat(test.board.gpio().mayStillInterrupt(1)).isFalse();
  }
}
