package dev.roundhouse.devices.train.motion;

/**
 * A change of speed that is smooth at both ends, and the steady speed after it.
 *
 * <p>With u the part of the time that has passed, the part of the change that is done is 3u^2 -
 * 2u^3 + shape (u^2 - 2u^3 + u^4): S-shaped, with its mean at 1/2 + shape/30. Measured curves start
 * and end flat like this (camera fits in github.com/crazy2be/cs452, estimate_position.c). All
 * numbers are in millimetres and seconds.
 *
 * @param from speed at the start
 * @param to speed at the end and from then on
 * @param seconds how long the change takes
 * @param shape -3 to 3; positive when most of the change comes early
 */
public record SpeedPhase(double from, double to, double seconds, double shape) {
  /** Standing still. */
  public static final SpeedPhase STANDING = new SpeedPhase(0, 0, 0, 0);

  /** Beyond it the speed would overshoot. */
  static final double STEEPEST_SHAPE = 3;

  private static final double BUMP_INTEGRAL = 1.0 / 30;
  private static final int BISECTIONS = 52;

  /** Checks the ranges. */
  public SpeedPhase {
    if (!(from >= 0 && to >= 0 && seconds >= 0 && Math.abs(shape) <= STEEPEST_SHAPE)) {
      throw new IllegalArgumentException(
          "no speed phase: " + from + " to " + to + " in " + seconds + " s, shape " + shape);
    }
  }

  /** A constant speed. */
  public static SpeedPhase steady(double speed) {
    return new SpeedPhase(speed, speed, 0, 0);
  }

  /** A change at this mean rate, which covers the distance of a constant one. */
  public static SpeedPhase atRate(double from, double to, double rate) {
    return new SpeedPhase(from, to, Math.abs(to - from) / rate, 0);
  }

  /** A stop from {@code from} within {@code distance}. */
  public static SpeedPhase stopWithin(double from, double distance, double shape) {
    double meanSpeed = from * (0.5 - shape * BUMP_INTEGRAL);
    return new SpeedPhase(from, 0, distance / meanSpeed, shape);
  }

  /** The speed after {@code time} seconds. */
  public double speed(double time) {
    if (time >= seconds) {
      return to;
    }
    double u = time / seconds;
    double done = u * u * (3 - 2 * u) + shape * u * u * (1 - u) * (1 - u);
    return from + (to - from) * done;
  }

  /** The distance covered after {@code time} seconds. */
  public double distance(double time) {
    if (time >= seconds) {
      return changeDistance() + to * (time - seconds);
    }
    double u = time / seconds;
    double cube = u * u * u;
    double done = cube - cube * u / 2 + shape * (cube / 3 - cube * u / 2 + cube * u * u / 5);
    return seconds * (from * u + (to - from) * done);
  }

  /** The distance that the change itself covers. */
  public double changeDistance() {
    return seconds * (from + (to - from) * (0.5 + shape * BUMP_INTEGRAL));
  }

  /** When {@code distance} has been covered; infinite if it never will. */
  public double secondsTo(double distance) {
    double whole = changeDistance();
    if (distance >= whole) {
      return to == 0 && distance > whole
          ? Double.POSITIVE_INFINITY
          : seconds + (to == 0 ? 0 : (distance - whole) / to);
    }
    double early = 0;
    double late = seconds;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (early + late) / 2;
      if (distance(middle) < distance) {
        early = middle;
      } else {
        late = middle;
      }
    }
    return late;
  }
}
