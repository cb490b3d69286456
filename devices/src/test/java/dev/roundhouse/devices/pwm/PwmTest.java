package dev.roundhouse.devices.pwm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.TestBoard;
import dev.roundhouse.devices.irq.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PwmTest {
  private static final long GPIO = 0xFE200000L;
  private static final long CLOCK_CONTROL = 0xFE1010A0L;
  private static final long CLOCK_DIVIDER = 0xFE1010A4L;
  private static final int PASSWORD = 0x5A000000;
  private static final int OSCILLATOR = 1;
  private static final int ENABLE_CLOCK = 1 << 4;
  private static final int BUSY = 1 << 7;
  private static final long PWM = 0xFE20C000L;
  private static final long STATUS = PWM + 4;
  private static final long RANGE_1 = PWM + 0x10;
  private static final long DATA_1 = PWM + 0x14;
  private static final long FIFO = PWM + 0x18;
  private static final long RANGE_2 = PWM + 0x20;
  private static final long DATA_2 = PWM + 0x24;
  private static final int PIN = 18;
  private static final int ALTERNATE_5 = 2;

  private final TestBoard test = new TestBoard();

  /** One cycle of the PWM's clock is 1 us. */
  private void clockAt1Mhz() {
    test.write(CLOCK_DIVIDER, PASSWORD | 54 << 12);
    test.write(CLOCK_CONTROL, PASSWORD | ENABLE_CLOCK | OSCILLATOR);
  }

  private void showAtPin() {
    test.write(GPIO + 4, ALTERNATE_5 << (3 * 8) | ALTERNATE_5 << (3 * 9));
  }

  /** The levels of a pin in the middle of so many cycles, 1 for high. */
  private String cycles(int pin, int count) {
    StringBuilder levels = new StringBuilder();
    test.advance(500);
    for (int i = 0; i < count; i++) {
      levels.append(test.read(GPIO + 0x34) >>> pin & 1);
      test.advance(1000);
    }
    return levels.toString();
  }

  @Test
  void aClockRunsOnlyByThePassword() {
    test.write(CLOCK_CONTROL, ENABLE_CLOCK | OSCILLATOR);
    assertThat(test.read(CLOCK_CONTROL)).isZero();
    clockAt1Mhz();
    assertThat(test.read(CLOCK_CONTROL)).isEqualTo(ENABLE_CLOCK | OSCILLATOR | BUSY);
    assertThat(test.read(CLOCK_DIVIDER)).isEqualTo(54 << 12);
    assertThat(test.warnings).isEmpty();
  }

  @Test
  void aClockIsBusyToTheEndOfItsCycle() {
    clockAt1Mhz();
    test.write(CLOCK_CONTROL, PASSWORD | OSCILLATOR);
    assertThat(test.read(CLOCK_CONTROL) & BUSY).isEqualTo(BUSY);
    test.advance(1000);
    assertThat(test.read(CLOCK_CONTROL) & BUSY).isZero();
    clockAt1Mhz();
    test.write(CLOCK_CONTROL, PASSWORD | 1 << 5);
    assertThat(test.read(CLOCK_CONTROL) & BUSY).isZero();
  }

  @Test
  void aChangeOfABusyClockAndASourceThatIsNotThereAreWarnings() {
    clockAt1Mhz();
    test.write(CLOCK_DIVIDER, PASSWORD | 27 << 12);
    test.write(CLOCK_CONTROL, PASSWORD | ENABLE_CLOCK | 4);
    test.advance(1000);
    assertThat(test.read(CLOCK_CONTROL) & BUSY).isZero();
    assertThat(test.warnings)
        .satisfiesExactly(
            warning -> assertThat(warning).contains("CM_PWM", "busy"),
            warning -> assertThat(warning).contains("source 4"));
  }

  @Test
  void markSpaceModeGivesOnePulseAPeriod() {
    clockAt1Mhz();
    showAtPin();
    test.write(RANGE_1, 8);
    test.write(DATA_1, 3);
    test.write(PWM, 0x81);
    assertThat(cycles(PIN, 16)).isEqualTo("1110000011100000");
    assertThat(test.board.gpio().duty(PIN)).isEqualTo(3.0 / 8);
  }

  @Test
  void theOtherModeSpreadsTheHighCycles() {
    clockAt1Mhz();
    showAtPin();
    test.write(RANGE_2, 8);
    test.write(DATA_2, 4);
    test.write(PWM, 0x100);
    assertThat(cycles(19, 8)).isEqualTo("01010101");
    test.write(DATA_2, 3);
    assertThat(cycles(19, 8).chars().filter(c -> c == '1').count()).isEqualTo(3);
    assertThat(test.board.gpio().duty(19)).isEqualTo(3.0 / 8);
  }

  @Test
  void aSerialChannelSendsTheHighestBitFirstAndThenSilence() {
    clockAt1Mhz();
    showAtPin();
    test.write(RANGE_1, 34);
    test.write(DATA_1, 0xA000000F);
    test.write(PWM, 0x3);
    assertThat(cycles(PIN, 34)).isEqualTo("1010000000000000000000000000111100");
    test.write(PWM, 0xB);
    assertThat(cycles(PIN, 34)).isEqualTo("1010000000000000000000000000111111");
  }

  @ParameterizedTest
  @CsvSource({"81, 0.25", "91, 0.75", "80, 0", "88, 1", "90, 1", "98, 0"})
  void dutyFollowsEnablePolarityAndSilence(String control, double duty) {
    clockAt1Mhz();
    showAtPin();
    test.write(RANGE_1, 100);
    test.write(DATA_1, 25);
    test.write(PWM, Integer.parseInt(control, 16));
    assertThat(test.board.gpio().duty(PIN)).isEqualTo(duty);
  }

  @Test
  void withoutAClockOrWithoutThePinsFunctionNothingComesOut() {
    test.write(RANGE_1, 100);
    test.write(DATA_1, 100);
    test.write(PWM, 0x81);
    showAtPin();
    assertThat(test.board.gpio().duty(PIN)).isZero();
    clockAt1Mhz();
    assertThat(test.board.gpio().duty(PIN)).isEqualTo(1);
    test.write(GPIO + 4, 0);
    assertThat(test.board.gpio().level(PIN)).isEqualTo(Level.LOW);
  }

  @Test
  void dataBeyondTheRangeIsAlwaysHigh() {
    clockAt1Mhz();
    showAtPin();
    test.write(RANGE_1, 4);
    test.write(DATA_1, -1);
    test.write(PWM, 0x81);
    assertThat(cycles(PIN, 8)).isEqualTo("11111111");
    test.write(PWM, 0x01);
    assertThat(cycles(PIN, 8)).isEqualTo("11111111");
    test.write(RANGE_1, -1);
    test.write(DATA_1, -1);
    assertThat(cycles(PIN, 8)).isEqualTo("11111111");
  }

  @Test
  void theFifoGivesAWordEachPeriodAndNotesAGap() {
    clockAt1Mhz();
    showAtPin();
    test.write(RANGE_1, 4);
    test.write(FIFO, 1);
    test.write(FIFO, 3);
    assertThat(test.read(STATUS)).isZero();
    test.write(PWM, 0xA1);
    assertThat(cycles(PIN, 12)).isEqualTo("100011100000");
    assertThat(test.read(STATUS)).isEqualTo(1 << 9 | 1 << 4 | 1 << 1);
    test.write(STATUS, -1);
    assertThat(test.read(STATUS)).isEqualTo(1 << 9 | 1 << 1);
  }

  @Test
  void theLastWordOfTheFifoMayBeRepeated() {
    clockAt1Mhz();
    showAtPin();
    test.write(RANGE_1, 4);
    test.write(FIFO, 2);
    test.write(PWM, 0xA5);
    assertThat(cycles(PIN, 12)).isEqualTo("110011001100");
    assertThat(test.read(STATUS) & 1 << 4).isZero();
  }

  @Test
  void aFullFifoLosesWhatIsWrittenAndCanBeCleared() {
    for (int i = 0; i < 64; i++) {
      test.write(FIFO, i);
    }
    assertThat(test.read(STATUS)).isEqualTo(1);
    test.write(FIFO, 64);
    assertThat(test.read(STATUS)).isEqualTo(1 | 1 << 2);
    test.write(PWM, 1 << 6);
    assertThat(test.read(STATUS)).isEqualTo(1 << 1 | 1 << 2);
    assertThat(test.read(PWM)).isZero();
  }

  @Test
  void theTwoPwmsAreTwo() {
    clockAt1Mhz();
    test.write(GPIO + 16, 4);
    test.write(PWM + 0x810, 10);
    test.write(PWM + 0x814, 5);
    test.write(PWM + 0x800, 0x81);
    assertThat(test.board.gpio().duty(40)).isEqualTo(0.5);
    assertThat(test.read(PWM)).isZero();
  }
}
