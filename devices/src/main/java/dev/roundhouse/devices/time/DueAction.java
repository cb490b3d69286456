package dev.roundhouse.devices.time;

/** What happens when an {@link Alarm} falls due. */
@FunctionalInterface
public interface DueAction {
  /**
   * The alarm fell due.
   *
   * @param atNanos the time the alarm was set for, at or before the present: the next period is
   *     counted from here, so that periods do not drift
   */
  void due(long atNanos);
}
