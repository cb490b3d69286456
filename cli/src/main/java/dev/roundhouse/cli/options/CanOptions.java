package dev.roundhouse.cli.options;

import dev.roundhouse.emulator.lines.CanSettings;
import dev.roundhouse.emulator.lines.SerialSettings.Effect;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options about a train set on a real CAN bus. */
public final class CanOptions {
  @Option(
      names = "--can-baud",
      paramLabel = "BAUD",
      converter = BaudConverter.class,
      description = {
        "The rate of an SLCAN adapter's serial port (default: ${DEFAULT-VALUE}); the bus has its"
            + " 250 kbit/s whatever it is."
      })
  private Integer baud = CanSettings.USUAL_BAUD;

  @Option(
      names = "--can-speed-cap",
      paramLabel = "N",
      converter = SpeedConverter.class,
      description = "Real trains on CAN get no higher speed than this, 0 to 1000.")
  private @Nullable Integer speedCap;

  @Option(
      names = "--can-rate",
      paramLabel = "N/s",
      converter = RateConverter.class,
      description = "Send at most so many frames a second to a real CAN bus, as in 50/s.")
  private @Nullable Integer rate;

  @Option(
      names = "--can-dry-run",
      description = {
        "Show what would move real trains or turnouts on CAN and do not send it; what asks is sent."
      })
  private boolean isDryRun;

  /** What is wished. */
  public CanSettings settings() {
    return new CanSettings(
        SerialOptions.optional(speedCap),
        SerialOptions.optional(rate),
        isDryRun ? Effect.DRY_RUN : Effect.REAL,
        baud);
  }

  /** Reads a rate of a serial port. */
  public static final class BaudConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return SerialOptions.number(
          text, CanSettings.LEAST_BAUD, CanSettings.MOST_BAUD, "a rate is 9600 to 4000000 baud");
    }
  }

  /** Reads a speed. */
  public static final class SpeedConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return SerialOptions.number(text, 0, CanSettings.TOP_SPEED, "a speed is 0 to 1000");
    }
  }

  /** Reads {@code N/s}; the unit may be missing. */
  public static final class RateConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return SerialOptions.rate(text, "a rate is frames a second, as in 50/s");
    }
  }
}
