package dev.roundhouse.devices.train.motion;

/**
 * A change of speed: a decoder raises or lowers the motor's voltage evenly, and the train's inertia
 * follows it. Its speed is the mean of the decoder's over the last {@code lag} seconds.
 *
 * <p>So a change is S-shaped and takes {@code seconds + lag}, and what a train covers when it is
 * stopped while it still gains speed depends on how far its decoder had come: that is what measured
 * short moves show (docs/trains.md), and a change that knows the train's speed alone does not give.
 * Speeds are mm/s, distances mm.
 *
 * @param difference how much faster it becomes; negative when it slows down
 * @param seconds how long the decoder takes
 * @param lag how long the train's speed takes to follow a step
 */
record Ramp(double difference, double seconds, double lag) {
  private static final double SIXTH = 1.0 / 6;
  private static final double TWENTY_FOURTH = 1.0 / 24;

  /** Checks the ranges. */
  Ramp {
    if (!(seconds >= 0 && lag >= 0 && Double.isFinite(difference))) {
      throw new IllegalArgumentException(
          "no ramp: " + difference + " mm/s in " + seconds + " s, lag " + lag);
    }
  }

  /** When the train has the whole difference, in seconds after the start. */
  double settled() {
    return seconds + lag;
  }

  /** How much of the difference the decoder has made after {@code time} seconds. */
  double ofDecoder(double time) {
    return time >= seconds ? difference : time <= 0 ? 0 : difference * time / seconds;
  }

  /** What is left of it when the decoder is told something else after {@code time} seconds. */
  Ramp cutAfter(double time) {
    return time >= seconds ? this : new Ramp(ofDecoder(time), Math.max(0, time), lag);
  }

  /** How much faster the train is after {@code time} seconds. */
  double speed(double time) {
    double whole = settled();
    if (time >= whole) {
      return difference;
    }
    if (time <= 0) {
      return 0;
    }
    double shorter = Math.min(seconds, lag);
    double longer = Math.max(seconds, lag);
    if (time < shorter) {
      return difference * time * time / (2 * shorter * longer);
    }
    if (time < longer) {
      return difference * (time - shorter / 2) / longer;
    }
    double left = whole - time;
    return difference * (1 - left * left / (2 * shorter * longer));
  }

  /** How much further the train has come after {@code time} seconds. */
  double distance(double time) {
    double whole = settled();
    if (time <= 0) {
      return 0;
    }
    if (time >= whole) {
      return difference * (time - whole / 2);
    }
    double shorter = Math.min(seconds, lag);
    double longer = Math.max(seconds, lag);
    if (time < shorter) {
      return difference * SIXTH * cube(time) / (shorter * longer);
    }
    if (time < longer) {
      double middle = time - shorter / 2;
      return difference * (middle * middle / 2 + TWENTY_FOURTH * shorter * shorter) / longer;
    }
    return difference * (time - whole / 2 + SIXTH * cube(whole - time) / (shorter * longer));
  }

  private static double cube(double x) {
    return x * x * x;
  }
}
