package dev.roundhouse.devices.time;

/**
 * A point in virtual time.
 *
 * @param nanos nanoseconds since the start of the machine, not negative
 */
public record VirtualTime(long nanos) implements Comparable<VirtualTime> {
  /** The start of the machine. */
  public static final VirtualTime ZERO = new VirtualTime(0);

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int FRACTION_DIGITS = 9;

  /** Checks the range; time before the start of the machine does not exist. */
  public VirtualTime {
    if (nanos < 0) {
      throw new IllegalArgumentException("virtual time is not negative: " + nanos + " ns");
    }
  }

  /**
   * {@code millis} milliseconds after the start; an overflow throws {@link ArithmeticException}.
   */
  public static VirtualTime ofMillis(long millis) {
    return new VirtualTime(Math.multiplyExact(millis, NANOS_PER_MILLI));
  }

  @Override
  public int compareTo(VirtualTime other) {
    return Long.compare(nanos, other.nanos);
  }

  /** Seconds with nine decimals, such as {@code 1.234567890s}. */
  @Override
  public String toString() {
    String fraction = Long.toString(nanos % NANOS_PER_SECOND);
    return nanos / NANOS_PER_SECOND
        + "."
        + "0".repeat(FRACTION_DIGITS - fraction.length())
        + fraction
        + "s";
  }
}
