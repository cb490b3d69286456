package dev.roundhouse.devices.train.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.roundhouse.devices.train.layout.BoxKind;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RampTest {
  private static final long MILLI = 1_000_000;

  @ParameterizedTest
  @CsvSource({"200, 2, 1.4", "-300, 0.5, 1.4", "100, 0, 1", "100, 1, 0", "150, 1, 1"})
  void theDistanceIsTheIntegralOfTheSpeed(double difference, double seconds, double lag) {
    Ramp ramp = new Ramp(difference, seconds, lag);
    double step = 1e-4;
    double sum = 0;
    for (double t = 0; t < seconds + lag + 1; t += step) {
      assertThat(ramp.distance(t)).isCloseTo(sum, within(0.1));
      sum += ramp.speed(t + step / 2) * step;
    }
  }

  @Test
  void aChangeIsFlatAtBothEnds() {
    Ramp ramp = new Ramp(200, 1, 1);
    double middle = ramp.speed(1.05) - ramp.speed(0.95);
    assertThat(ramp.speed(0.1)).isLessThan(0.25 * middle);
    assertThat(200 - ramp.speed(1.9)).isLessThan(0.25 * middle);
  }

  @Test
  void whatIsCutGoesOnToWhereTheDecoderHadCome() {
    Ramp cut = new Ramp(200, 2, 1).cutAfter(0.5);
    assertThat(cut.difference()).isEqualTo(50);
    assertThat(cut.speed(0.4)).isEqualTo(new Ramp(200, 2, 1).speed(0.4), within(1e-9));
    assertThat(cut.speed(10)).isEqualTo(50);
  }

  /** Commands at any time: it never rolls back, stands at last, and is where it was foretold. */
  @Test
  void noSequenceOfCommandsMakesATrainRollBackOrMissItsPlace() {
    SplittableRandom chance = new SplittableRandom(1);
    for (Locomotive locomotive : LocomotiveCatalog.shipped(BoxKind.CS3).all()) {
      Drive drive = new Drive(locomotive.mean(), new SplittableRandom(2));
      long now = 0;
      for (int i = 0; i < 300; i++) {
        drive.command(chance.nextInt(4) * chance.nextInt(5), now);
        double step = chance.nextDouble(1, 60);
        long then = Math.min(drive.whenCovered(step), now + 20_000 * MILLI);
        double speed = drive.speed(now);
        double covered = drive.ahead(then);
        assertThat(speed).isNotNegative();
        assertThat(covered).isBetween(0.0, step + 1e-3);
        now += Math.min(then - now, chance.nextLong(1, 3_000) * MILLI);
        assertThat(drive.advance(now)).isNotNegative();
        drive.change(now);
      }
      drive.command(0, now);
      now += 60_000 * MILLI;
      drive.advance(now);
      drive.change(now);
      assertThat(drive.speed(now)).isZero();
      assertThat(drive.isMoving(now)).isFalse();
    }
  }
}
