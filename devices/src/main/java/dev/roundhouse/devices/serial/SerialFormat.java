package dev.roundhouse.devices.serial;

import java.util.Locale;

/**
 * How frames look on a serial line.
 *
 * @param baud bits a second, 1 to 10 000 000
 * @param dataBits 5 to 8
 * @param parity the parity bit
 * @param stopBits 1 or 2
 */
public record SerialFormat(int baud, int dataBits, Parity parity, int stopBits) {
  /** 115200 baud, 8 data bits, no parity, 1 stop bit: the consoles. */
  public static final SerialFormat CONSOLE = new SerialFormat(115_200, 8, Parity.NONE, 1);

  /** 2400 baud, 8 data bits, no parity, 2 stop bits: the Märklin 6051 interface. */
  public static final SerialFormat MARKLIN = new SerialFormat(2_400, 8, Parity.NONE, 2);

  private static final int FASTEST_BAUD = 10_000_000;
  private static final int FEWEST_DATA_BITS = 5;
  private static final int MOST_DATA_BITS = 8;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Checks the ranges. */
  public SerialFormat {
    if (baud < 1 || baud > FASTEST_BAUD) {
      throw new IllegalArgumentException("baud rate out of range: " + baud);
    }
    if (dataBits < FEWEST_DATA_BITS || dataBits > MOST_DATA_BITS) {
      throw new IllegalArgumentException("5 to 8 data bits, not " + dataBits);
    }
    if (stopBits < 1 || stopBits > 2) {
      throw new IllegalArgumentException("1 or 2 stop bits, not " + stopBits);
    }
  }

  /** It in words, for people. */
  public String text() {
    String parityText = parity == Parity.NONE ? "no" : parity.name().toLowerCase(Locale.ROOT);
    return "%d baud, %d data bits, %s parity, %d stop bit%s"
        .formatted(baud, dataBits, parityText, stopBits, stopBits == 1 ? "" : "s");
  }

  /** The bits of a byte that a frame carries. */
  public int dataMask() {
    return (1 << dataBits) - 1;
  }

  /** Bits of a whole frame: start, data, parity if any, stop. */
  public int frameBits() {
    return 1 + dataBits + (parity == Parity.NONE ? 0 : 1) + stopBits;
  }

  /**
   * The time from a frame's start to the middle of its first stop bit in nanoseconds: a receiver
   * has sampled all of it then and gives its character on, though the frame has not ended.
   */
  public long heardNanos() {
    return heard(frameNanos());
  }

  /** The same of a frame that takes {@code frameNanos}. */
  public long heard(long frameNanos) {
    int halfBits = 2 * (frameBits() - stopBits) + 1;
    return frameNanos * halfBits / (2L * frameBits());
  }

  /** The time a whole frame takes on the line in nanoseconds, rounded to the nearest. */
  public long frameNanos() {
    return (frameBits() * NANOS_PER_SECOND + baud / 2) / baud;
  }
}
