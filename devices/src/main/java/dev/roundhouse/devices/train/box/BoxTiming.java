package dev.roundhouse.devices.train.box;

/**
 * The box's own timing in nanoseconds; jitters are the half-widths of uniform distributions.
 *
 * @param notReady how long clear to send stays withdrawn after a byte
 * @param notReadyJitter how much that varies
 * @param notReadyAfterReset the same after command 192, after which it comes back so fast that slow
 *     drivers miss the edge
 * @param module the time before each module's two bytes while the box shifts it in
 * @param moduleJitter how much that varies
 */
public record BoxTiming(
    long notReady, long notReadyJitter, long notReadyAfterReset, long module, long moduleJitter) {
  /**
   * What is known of the real box. A read of five modules takes 69.66 ms with a standard deviation
   * of 1.7 ms over 665 reads (calibration data of github.com/eadanila/cs452), of which 11 frames on
   * the wire are 50.417 ms: 3.849 ms a module, and a uniform jitter of 1.3 ms a module has that
   * deviation over five. The time of clear to send is not published: one frame and 2 ms.
   */
  public static final BoxTiming MEASURED =
      new BoxTiming(6_583_333, 1_000_000, 100_000, 3_848_667, 1_300_000);

  /** The same without jitter. */
  public static final BoxTiming STEADY = new BoxTiming(6_583_333, 0, 100_000, 3_848_667, 0);

  private static final long LONGEST_NANOS = 1_000_000_000_000L;

  /** Checks that no time can become negative or leave all bounds. */
  public BoxTiming {
    if (notReady > LONGEST_NANOS || notReadyAfterReset > LONGEST_NANOS || module > LONGEST_NANOS) {
      throw new IllegalArgumentException("times are at most 1000 s");
    }
    if (notReadyJitter < 0 || moduleJitter < 0 || notReadyAfterReset < 1) {
      throw new IllegalArgumentException("times are not negative");
    }
    if (notReady <= notReadyJitter || module <= moduleJitter) {
      throw new IllegalArgumentException("a jitter is smaller than the time that it varies");
    }
  }
}
