package dev.roundhouse.devices.time;

/** The one clock of a machine. Only the run loop moves it; everybody else reads it. */
public final class VirtualClock {
  private long nanos;

  /** A clock at the start of the machine. */
  public VirtualClock() {}

  /** Nanoseconds since the start of the machine. */
  public long nanos() {
    return nanos;
  }

  /** The present time as a value, for reports. */
  public VirtualTime now() {
    return new VirtualTime(nanos);
  }

  /**
   * Moves time forward to {@code target} nanoseconds.
   *
   * @throws IllegalStateException if that lies in the past
   */
  public void advanceTo(long target) {
    if (target < nanos) {
      throw new IllegalStateException(
          "virtual time cannot go back from " + nanos + " ns to " + target + " ns");
    }
    nanos = target;
  }
}
