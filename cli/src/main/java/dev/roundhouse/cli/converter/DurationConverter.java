package dev.roundhouse.cli.converter;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as 5s, 200ms, 10us and 1m. */
public final class DurationConverter implements ITypeConverter<Duration> {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long SECONDS_PER_MINUTE = 60;
  private static final long SECONDS_PER_HOUR = 3600;

  @Override
  public Duration convert(String value) {
    int digits = 0;
    while (digits < value.length() && value.charAt(digits) >= '0' && value.charAt(digits) <= '9') {
      digits++;
    }
    long unit = nanosOf(value.substring(digits));
    if (digits == 0 || unit == 0) {
      throw new TypeConversionException(
          "'" + value + "' is no duration: give a number and a unit, as in 5s, 200ms, 10us, 1m");
    }
    try {
      long nanos = Math.multiplyExact(Long.parseLong(value.substring(0, digits)), unit);
      return Duration.ofNanos(nanos);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new TypeConversionException("'" + value + "' is too long: the most is 292 years");
    }
  }

  /** Nanoseconds of a unit; 0 when there is no such unit. */
  private static long nanosOf(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us" -> NANOS_PER_MICRO;
      case "ms" -> NANOS_PER_MILLI;
      case "s" -> NANOS_PER_SECOND;
      case "m" -> SECONDS_PER_MINUTE * NANOS_PER_SECOND;
      case "h" -> SECONDS_PER_HOUR * NANOS_PER_SECOND;
      default -> 0;
    };
  }
}
