package dev.roundhouse.devices.train.box;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.file.Fields;

/**
 * The box's own timing in nanoseconds; jitters are the half-widths of uniform distributions.
 *
 * @param notReady how long clear to send stays withdrawn after the end of a byte
 * @param notReadyJitter how much that varies
 * @param notReadyAfterReset the same after command 192, after which it comes back so fast that slow
 *     drivers miss the edge, and after an answer
 * @param module the time before each module's two bytes while the box shifts it in
 * @param moduleJitter how much that varies
 * @param clears when clear to send comes back
 */
public record BoxTiming(
    long notReady,
    long notReadyJitter,
    long notReadyAfterReset,
    long module,
    long moduleJitter,
    Clears clears) {
  /** When clear to send comes back. */
  public enum Clears {
    /** After each byte. */
    AFTER_BYTE,
    /**
     * After each command: an early 6050 withdraws it at the first of two bytes and gives it back
     * after the second, which it takes meanwhile.
     */
    AFTER_COMMAND
  }

  /**
   * What is known of the real box. A read of five modules takes 69.66 ms with a standard deviation
   * of 1.7 ms over 665 reads (calibration data of github.com/eadanila/cs452), of which 11 frames on
   * the wire are 49.792 ms, for the last byte is read 1.5 bit times before its frame has ended:
   * 3.974 ms a module, and a uniform jitter of 1.3 ms a module has that deviation over five. The
   * time of clear to send is not published: one frame and 2 ms.
   */
  public static final BoxTiming MEASURED =
      new BoxTiming(6_583_333, 1_000_000, 100_000, 3_973_667, 1_300_000, Clears.AFTER_BYTE);

  /** The same without jitter. */
  public static final BoxTiming STEADY =
      new BoxTiming(6_583_333, 0, 100_000, 3_973_667, 0, Clears.AFTER_BYTE);

  private static final long LONGEST_NANOS = 1_000_000_000_000L;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double SHORTEST_MILLIS = 0.001;
  private static final double LONGEST_MILLIS = 1000;

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

  /**
   * The timing in a file; what it does not say is as measured.
   *
   * @throws dev.roundhouse.devices.file.DescriptionException if a time cannot be
   */
  public static BoxTiming read(Fields fields) {
    fields.only(
        "$schema",
        "source",
        "box",
        "ctsLowMillis",
        "ctsLowJitterMillis",
        "ctsLowAfterResetModeMillis",
        "moduleMillis",
        "moduleJitterMillis",
        "ctsReturns");
    var _ = fields.optionalText("$schema");
    var _ = fields.optionalText("source");
    long notReady = nanos(fields, "ctsLowMillis", MEASURED.notReady(), SHORTEST_MILLIS);
    long notReadyJitter = nanos(fields, "ctsLowJitterMillis", MEASURED.notReadyJitter(), 0);
    long module = nanos(fields, "moduleMillis", MEASURED.module(), SHORTEST_MILLIS);
    long moduleJitter = nanos(fields, "moduleJitterMillis", MEASURED.moduleJitter(), 0);
    if (notReadyJitter >= notReady) {
      throw tooMuch(fields, "ctsLow", notReady, notReadyJitter);
    }
    if (moduleJitter >= module) {
      throw tooMuch(fields, "module", module, moduleJitter);
    }
    return new BoxTiming(
        notReady,
        notReadyJitter,
        nanos(fields, "ctsLowAfterResetModeMillis", MEASURED.notReadyAfterReset(), SHORTEST_MILLIS),
        module,
        moduleJitter,
        fields.oneOf("ctsReturns", MEASURED.clears(), Clears.values()));
  }

  private static long nanos(Fields fields, String name, long otherwise, double least) {
    double millis = fields.number(name, otherwise / NANOS_PER_MILLI, least, LONGEST_MILLIS);
    return Math.round(millis * NANOS_PER_MILLI);
  }

  private static DescriptionException tooMuch(
      Fields fields, String time, long nanos, long jitterNanos) {
    String jitter = time + "JitterMillis";
    String isDefault =
        fields.has(jitter)
            ? ""
            : " (" + jitterNanos / NANOS_PER_MILLI + " is the default: give another)";
    return fields.wrong(
        "\""
            + jitter
            + "\" must be 0 or more and less than \""
            + time
            + "Millis\", "
            + nanos / NANOS_PER_MILLI
            + isDefault);
  }
}
