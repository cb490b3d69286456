package dev.roundhouse.junit;

import java.time.Duration;

/** Durations of virtual time, and distances, as they read best in a test. */
public final class Measures {
  private Measures() {}

  /** So many seconds. */
  public static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }

  /** So many milliseconds. */
  public static Duration milliseconds(long count) {
    return Duration.ofMillis(count);
  }

  /** A limit of virtual time. */
  public static Limit within(Duration virtualTime) {
    return new Limit(virtualTime);
  }

  /** A distance along the track. */
  public static Distance millimetres(double count) {
    return new Distance(count);
  }

  /** A limit of virtual time. */
  public record Limit(Duration virtualTime) {
    /** Checks that there is some time. */
    public Limit {
      if (virtualTime.isNegative()) {
        throw new IllegalArgumentException("a limit is not negative: " + virtualTime);
      }
    }
  }

  /** A distance in millimetres. */
  public record Distance(double mm) {
    /** Checks that it is one. */
    public Distance {
      if (!(mm >= 0)) {
        throw new IllegalArgumentException("a distance is not negative: " + mm);
      }
    }
  }
}
