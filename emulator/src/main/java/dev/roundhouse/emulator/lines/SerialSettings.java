package dev.roundhouse.emulator.lines;

import java.util.OptionalInt;

/**
 * How a real serial line is used.
 *
 * @param clearToSend whether the port must have that line
 * @param speedCap the highest speed level, 0 to 14, that a train is given
 * @param bytesPerSecond the most bytes of a program that are sent in a second
 * @param effect what is sent at all
 */
public record SerialSettings(
    ClearToSend clearToSend, OptionalInt speedCap, OptionalInt bytesPerSecond, Effect effect) {
  /** A line with clear to send and no limits. */
  public static final SerialSettings PLAIN =
      new SerialSettings(
          ClearToSend.REQUIRE, OptionalInt.empty(), OptionalInt.empty(), Effect.REAL);

  /** The highest speed level there is. */
  public static final int TOP_SPEED = 14;

  /** Whether the far end tells by clear to send when it is ready. */
  public enum ClearToSend {
    /** It must: each byte waits for it. */
    REQUIRE,
    /** It cannot: bytes are sent with time between them. */
    IGNORE
  }

  /** What is sent. */
  public enum Effect {
    /** Everything. */
    REAL,
    /** Nothing that moves a train or a turnout: sensors are read, and stop is sent. */
    DRY_RUN
  }

  /** Checks the limits. */
  public SerialSettings {
    if (speedCap.isPresent() && (speedCap.getAsInt() < 0 || speedCap.getAsInt() > TOP_SPEED)) {
      throw new IllegalArgumentException("a speed is 0 to 14, not " + speedCap.getAsInt());
    }
    if (bytesPerSecond.isPresent() && bytesPerSecond.getAsInt() < 1) {
      throw new IllegalArgumentException("at least one byte a second");
    }
  }
}
