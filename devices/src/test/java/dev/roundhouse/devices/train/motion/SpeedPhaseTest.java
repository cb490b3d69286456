package dev.roundhouse.devices.train.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeedPhaseTest {
  @ParameterizedTest
  @CsvSource({"0, 200, 2, 0", "200, 0, 2.5, 3", "300, 100, 1, 0", "100, 300, 1, -3"})
  void theDistanceIsTheIntegralOfTheSpeed(double from, double to, double seconds, double shape) {
    SpeedPhase phase = new SpeedPhase(from, to, seconds, shape);
    double step = 1e-4;
    double sum = 0;
    for (double t = 0; t < seconds + 1; t += step) {
      assertThat(phase.distance(t)).isCloseTo(sum, within(0.1));
      sum += phase.speed(t + step / 2) * step;
    }
  }

  @Test
  void aStopCoversItsDistanceAndNoMore() {
    SpeedPhase stop = SpeedPhase.stopWithin(400, 600, 3);
    assertThat(stop.distance(1000)).isCloseTo(600, within(1e-9));
    assertThat(stop.secondsTo(600.001)).isInfinite();
    assertThat(stop.speed(stop.seconds())).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 200, 2, 0", "200, 0, 2.5, 3", "300, 100, 1, 0"})
  void secondsToIsTheInverseOfDistance(double from, double to, double seconds, double shape) {
    SpeedPhase phase = new SpeedPhase(from, to, seconds, shape);
    for (double part = 0.05; part < 1; part += 0.05) {
      double distance = phase.changeDistance() * part;
      assertThat(phase.distance(phase.secondsTo(distance))).isCloseTo(distance, within(1e-6));
    }
  }

  @Test
  void theSpeedNeverOvershoots() {
    for (double shape = -3; shape <= 3; shape += 0.5) {
      SpeedPhase phase = new SpeedPhase(100, 300, 1, shape);
      for (double t = 0; t <= 1; t += 0.01) {
        assertThat(phase.speed(t)).isBetween(100.0, 300.0);
        assertThat(phase.speed(t + 0.01)).isGreaterThanOrEqualTo(phase.speed(t) - 1e-9);
      }
    }
  }

  @Test
  void theAccelerationIsNotConstant() {
    SpeedPhase start = SpeedPhase.atRate(0, 200, 100);
    double early = start.speed(0.1);
    double middle = start.speed(1.05) - start.speed(0.95);
    assertThat(early).isLessThan(0.25 * middle);
    assertThat(start.speed(2) - start.speed(1.9)).isLessThan(0.25 * middle);
  }

  @Test
  void mostOfAStopsSpeedIsLostEarly() {
    SpeedPhase stop = SpeedPhase.stopWithin(200, 200, 3);
    assertThat(stop.speed(stop.seconds() / 2)).isLessThan(70);
  }

  @Test
  void aSteadySpeedGoesOn() {
    assertThat(SpeedPhase.steady(200).distance(3)).isEqualTo(600);
    assertThat(SpeedPhase.steady(200).secondsTo(100)).isEqualTo(0.5);
    assertThat(SpeedPhase.STANDING.secondsTo(1)).isInfinite();
    assertThat(SpeedPhase.STANDING.distance(1e9)).isZero();
  }

  @Test
  void impossiblePhasesCannotBeMade() {
    assertThatThrownBy(() -> new SpeedPhase(-1, 0, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SpeedPhase(0, 1, Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SpeedPhase(0, 1, 1, 3.1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
