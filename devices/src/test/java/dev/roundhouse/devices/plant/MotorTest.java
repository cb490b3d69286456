package dev.roundhouse.devices.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MotorTest {
  private static final long GPIO = 0xFE200000L;
  private static final long MILLI = 1_000_000;
  private static final int FORWARD = 14;
  private static final int BACKWARD = 15;
  private static final int PWM = 18;
  private static final int A = 23;
  private static final int B = 24;

  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final Bcm2711 board =
      Bcm2711.create(clock, agenda, new SilentTrace(), (where, what) -> {});
  private final Motor motor = MotorPlan.DEFAULT.in(clock, agenda);
  private long forwards;
  private long backwards;
  private long wrong;
  private int phase;

  MotorTest() {
    motor.connect(board.gpio());
    board.gpio().watch(A, this::countEdge);
    board.gpio().watch(B, this::countEdge);
    write(GPIO + 4, 1 << (3 * 4) | 1 << (3 * 5) | 1 << (3 * 8));
  }

  /** The table of kernel/src/encoder.c, 9d49562: old a, old b, new a, new b. */
  private void countEdge() {
    int next = phaseOf(board);
    switch (phase << 2 | next) {
      case 0b0010, 0b1011, 0b1101, 0b0100 -> forwards++;
      case 0b0001, 0b0111, 0b1110, 0b1000 -> backwards++;
      default -> wrong++;
    }
    phase = next;
  }

  private static int phaseOf(Bcm2711 of) {
    return (of.gpio().level(A) == Level.HIGH ? 2 : 0) | (of.gpio().level(B) == Level.HIGH ? 1 : 0);
  }

  private void write(long address, int value) {
    board.bus().write(address, 4, value);
  }

  private void set(int pin) {
    write(GPIO + 0x1C, 1 << pin);
  }

  private void clear(int pin) {
    write(GPIO + 0x28, 1 << pin);
  }

  private void advance(long nanos) {
    long until = clock.nanos() + nanos;
    while (agenda.nextNanos() <= until) {
      clock.advanceTo(Math.max(clock.nanos(), agenda.nextNanos()));
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(until);
  }

  @Test
  void aPlanWrittenOutIsReadAsItWas() {
    var wiring = new MotorPlan.Wiring(1, 2, 3, 4, 5);
    MotorPlan plan = new MotorPlan(wiring, 1e-3, 12.345678901234567, 0.1 + 0.2, 7);
    assertThat(MotorPlan.parse("motor", plan.document())).isEqualTo(plan);
    assertThat(MotorPlan.parse("motor", MotorPlan.DEFAULT.document())).isEqualTo(MotorPlan.DEFAULT);
  }

  @Test
  void itsSpeedFollowsTheDriveWithAFirstOrderLag() {
    set(FORWARD);
    set(PWM);
    advance(80 * MILLI);
    assertThat(motor.turnsPerSecond()).isCloseTo(2.5 * 0.632, within(0.05));
    advance(800 * MILLI);
    assertThat(motor.turnsPerSecond()).isCloseTo(2.5, within(0.01));
    clear(PWM);
    advance(80 * MILLI);
    assertThat(motor.turnsPerSecond()).isCloseTo(2.5 * 0.368, within(0.05));
  }

  @Test
  void theEncodersLinesCountTheTurnsInTheirDirection() {
    set(FORWARD);
    set(PWM);
    advance(1000 * MILLI);
    assertThat(wrong).isZero();
    assertThat(backwards).isZero();
    assertThat(forwards).isEqualTo(Math.round(motor.turned() * 64 * 78));
    assertThat(motor.turned()).isBetween(2.2, 2.4);
    clear(FORWARD);
    set(BACKWARD);
    advance(2000 * MILLI);
    assertThat(wrong).isZero();
    assertThat(motor.turnsPerSecond()).isCloseTo(-2.5, within(0.01));
    assertThat(forwards - backwards).isEqualTo(Math.round(motor.turned() * 64 * 78));
  }

  @Test
  void withoutDirectionOrBelowTheStallDutyItStandsStillAndCostsNothing() {
    set(PWM);
    assertThat(agenda.nextNanos()).isEqualTo(Long.MAX_VALUE);
    set(FORWARD);
    set(BACKWARD);
    advance(100 * MILLI);
    assertThat(motor.turned()).isZero();
    clear(BACKWARD);
    advance(100 * MILLI);
    assertThat(motor.turned()).isPositive();
    clear(PWM);
    advance(2000 * MILLI);
    assertThat(motor.turnsPerSecond()).isZero();
    assertThat(agenda.nextNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aPwmDrivesItByItsDuty() {
    write(0xFE1010A4L, 0x5A000000 | 1 << 12);
    write(0xFE1010A0L, 0x5A000011);
    write(GPIO + 4, 1 << (3 * 4) | 1 << (3 * 5) | 2 << (3 * 8));
    write(0xFE20C010L, 128);
    write(0xFE20C000L, 0x101);
    set(FORWARD);
    write(0xFE20C014L, 64);
    advance(1000 * MILLI);
    assertThat(motor.turnsPerSecond()).isCloseTo(2.5 * (0.5 - 0.05) / 0.95, within(0.01));
  }

  @Test
  void aResetBoardIsWiredAnewWhileTheShaftTurnsOn() {
    set(FORWARD);
    set(PWM);
    advance(500 * MILLI);
    Bcm2711 next = Bcm2711.create(clock, agenda, new SilentTrace(), (where, what) -> {});
    motor.connect(next.gpio());
    double before = motor.turnsPerSecond();
    advance(10 * MILLI);
    assertThat(motor.turnsPerSecond()).isBetween(0.5, before);
    int turned = Math.floorMod(Math.round(motor.turned() * 64 * 78), 4);
    assertThat(phaseOf(next)).isEqualTo(new int[] {0b00, 0b10, 0b11, 0b01}[turned]);
  }

  @Test
  void aFileMayChangeWhatTheDefaultIs() {
    MotorPlan plan = MotorPlan.parse("m.json", "{\"pwmPin\": 13, \"edgesPerTurn\": 400}");
    assertThat(plan.wiring().pwm()).isEqualTo(13);
    assertThat(plan.wiring().forward()).isEqualTo(FORWARD);
    assertThat(plan.edgesPerTurn()).isEqualTo(400);
    assertThat(plan.turnsPerSecond()).isEqualTo(2.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"pin\": 3}",
        "{\"pwmPin\": 58}",
        "{\"pwmPin\": -1}",
        "{\"pwmPin\": 1.5}",
        "{\"turnsPerSecond\": 1e300}",
        "{\"turnsPerSecond\": \"fast\"}",
        "{\"turnsPerSecond\": 1000, \"edgesPerTurn\": 1000000}",
        "{\"encoderPinA\": 24}",
        "{\"stallDuty\": 1}"
      })
  void aFileThatDescribesNoMotorIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> MotorPlan.parse("m.json", text))
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith("m.json")
        .message()
        .doesNotContain("\n");
  }
}
