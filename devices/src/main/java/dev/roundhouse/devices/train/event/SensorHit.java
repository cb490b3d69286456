package dev.roundhouse.devices.train.event;

/**
 * A contact that closed.
 *
 * @param nanos virtual time
 * @param sensor such as {@code C13}
 * @param train whose pick-up closed it; {@link #NOBODY} if it closed by itself
 */
public record SensorHit(long nanos, String sensor, int train) {
  /** No train was there. */
  public static final int NOBODY = 0;
}
