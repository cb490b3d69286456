package dev.roundhouse.emulator.lines;

import java.util.OptionalInt;

/**
 * How a real CAN bus is used.
 *
 * @param speedCap the highest speed, 0 to 1000, that a train is given
 * @param framesPerSecond the most frames of a program that are sent in a second
 * @param effect what is sent at all
 * @param baud the rate of an SLCAN adapter's serial port
 */
public record CanSettings(
    OptionalInt speedCap, OptionalInt framesPerSecond, SerialSettings.Effect effect, int baud) {
  /** What adapters without a rate of their own are opened with, and many others. */
  public static final int USUAL_BAUD = 115_200;

  public static final int LEAST_BAUD = 9_600;
  public static final int MOST_BAUD = 4_000_000;

  /** The highest speed there is. */
  public static final int TOP_SPEED = 1000;

  /** A bus without limits. */
  public static final CanSettings PLAIN =
      new CanSettings(
          OptionalInt.empty(), OptionalInt.empty(), SerialSettings.Effect.REAL, USUAL_BAUD);
}
