package dev.roundhouse.emulator.run;

import java.util.function.BooleanSupplier;

/**
 * When a machine stops for a while, so that somebody can look at it and give it input.
 *
 * @param nanos the virtual time at which it stops at the latest
 * @param when asked each time the machine looks up from guest code; must change nothing
 */
public record Pause(long nanos, BooleanSupplier when) {
  /** None before the run ends. */
  public static final Pause NEVER = new Pause(Long.MAX_VALUE, () -> false);
}
