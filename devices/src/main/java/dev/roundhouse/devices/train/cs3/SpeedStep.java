package dev.roundhouse.devices.train.cs3;

/**
 * Speeds of 0 to 1000 as the 14 steps of Motorola decoders: step n begins at 1 + 77 (n - 1) ("CAN
 * CS2 Protokoll 2.0", 3.3, in which the last is 1002: what is beyond 1000 counts as 1000).
 */
public final class SpeedStep {
  /** The greatest speed. */
  static final int TOP_SPEED = 1000;

  private static final int TOP_STEP = 14;
  private static final int WIDTH = 77;

  private SpeedStep() {}

  /** The step of a speed; between two steps the lower one. */
  public static int of(int speed) {
    if (speed == 0) {
      return 0;
    }
    return speed >= TOP_SPEED ? TOP_STEP : 1 + (speed - 1) / WIDTH;
  }

  /** The speed at which a step begins. */
  static int lowestSpeedOf(int step) {
    return step == 0 ? 0 : Math.min(1 + WIDTH * (step - 1), TOP_SPEED);
  }
}
