package dev.roundhouse.cli.options;

import dev.roundhouse.emulator.lines.SerialSettings;
import dev.roundhouse.emulator.lines.SerialSettings.ClearToSend;
import dev.roundhouse.emulator.lines.SerialSettings.Effect;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options about a train set at a real serial port. */
public final class SerialOptions {
  private static final int HIGHEST_RATE = 1_000_000;

  @Option(
      names = "--serial-cts",
      paramLabel = "require|ignore",
      defaultValue = "require",
      converter = ClearToSendConverter.class,
      description = {
        "Whether each byte to a serial port waits for clear to send (default:"
            + " ${DEFAULT-VALUE}), or bytes are sent 15 ms apart: for ports without that line."
      })
  private ClearToSend clearToSend = ClearToSend.REQUIRE;

  @Option(
      names = "--serial-speed-cap",
      paramLabel = "LEVEL",
      converter = LevelConverter.class,
      description = "Real trains get no higher speed than this, 0 to 14.")
  private @Nullable Integer speedCap;

  @Option(
      names = "--serial-rate",
      paramLabel = "N/s",
      converter = RateConverter.class,
      description = "Send at most so many bytes a second to a serial port, as in 50/s.")
  private @Nullable Integer rate;

  @Option(
      names = "--serial-dry-run",
      description =
          "Show what would move real trains or turnouts and do not send it; sensors are read.")
  private boolean isDryRun;

  /** What is wished. */
  public SerialSettings settings() {
    return new SerialSettings(
        clearToSend, optional(speedCap), optional(rate), isDryRun ? Effect.DRY_RUN : Effect.REAL);
  }

  static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** Reads {@code require} or {@code ignore}. */
  public static final class ClearToSendConverter implements ITypeConverter<ClearToSend> {
    @Override
    public ClearToSend convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "require" -> ClearToSend.REQUIRE;
        case "ignore" -> ClearToSend.IGNORE;
        default ->
            throw new TypeConversionException("'" + text + "' is neither require nor ignore");
      };
    }
  }

  /** Reads a speed level. */
  public static final class LevelConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number(text, 0, SerialSettings.TOP_SPEED, "a speed level is 0 to 14");
    }
  }

  /** Reads {@code N/s}; the unit may be missing. */
  public static final class RateConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return rate(text, "a rate is bytes a second, as in 50/s");
    }
  }

  static int rate(String text, String rule) {
    String count = text.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
    return number(count, 1, HIGHEST_RATE, rule);
  }

  static int number(String text, int least, int most, String rule) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw new TypeConversionException("'" + text + "': " + rule);
  }
}
