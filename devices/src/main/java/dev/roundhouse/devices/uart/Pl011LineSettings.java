package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.serial.Parity;
import dev.roundhouse.devices.serial.SerialFormat;

/**
 * Frame format and bit time of a PL011, from UARTLCR_H, UARTIBRD and UARTFBRD (PL011 TRM, DDI 0183,
 * 3.3.5 to 3.3.7).
 *
 * <p>The divisor written to IBRD and FBRD takes effect with the next write of LCR_H. One exception:
 * as long as no divisor has taken effect since reset, the one written is used. TrainsOS depends on
 * it: it writes LCR_H first and the divisor after (lib/libbase/rpi_uart.c, uart_init, 9d49562).
 */
final class Pl011LineSettings implements LineTiming {
  static final Field BREAK = Field.unmodelled("BRK", 0, 1);
  static final Field PARITY_ENABLE = Field.bit("PEN", 1);
  static final Field EVEN_PARITY = Field.bit("EPS", 2);
  static final Field TWO_STOP_BITS = Field.bit("STP2", 3);
  static final Field FIFO_ENABLE = Field.bit("FEN", 4);
  static final Field WORD_LENGTH = Field.of("WLEN", 5, 2);
  static final Field STICK_PARITY = Field.bit("SPS", 7);

  private static final int SHORTEST_WORD = 5;
  private static final int FRACTIONS = 64;
  private static final int FRACTION_MASK = FRACTIONS - 1;
  private static final int LARGEST_DIVISOR = 0xFFFF * FRACTIONS;
  private static final int TIMEOUT_BITS = 32;

  /** UARTCLK as the firmware sets it, in Hz. */
  private static final long CLOCK = 48_000_000;

  /** The baud rate is CLOCK / (16 x divisor / 64). */
  private static final long RATE_NUMERATOR = CLOCK * FRACTIONS / 16;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private int lineControl;
  private int latched;
  private int written;
  private SerialFormat format = SerialFormat.CONSOLE;

  void writeInteger(int value) {
    written = (value * FRACTIONS) | (written & FRACTION_MASK);
    update();
  }

  void writeFraction(int value) {
    written = (written & ~FRACTION_MASK) | value;
    update();
  }

  void writeLineControl(int value) {
    lineControl = value;
    latched = written;
    update();
  }

  /** Whether there is a divisor: the integer part is 1 to 65535, and 65535 has no fraction. */
  @Override
  public boolean hasRate() {
    return divisor() >= FRACTIONS && divisor() <= LARGEST_DIVISOR;
  }

  /** Whether a divisor was written that waits for a write of LCR_H. */
  boolean divisorWaits() {
    return written != divisor();
  }

  boolean fifosEnabled() {
    return FIFO_ENABLE.isSetIn(lineControl);
  }

  @Override
  public SerialFormat format() {
    return format;
  }

  @Override
  public long frameNanos() {
    return nanos(format.frameBits());
  }

  /** The time without a frame after which the receiver times out (PL011 TRM, 2.8.3). */
  @Override
  public long timeoutNanos() {
    return nanos(TIMEOUT_BITS);
  }

  private long nanos(int bits) {
    return ((long) bits * divisor() * NANOS_PER_SECOND + RATE_NUMERATOR / 2) / RATE_NUMERATOR;
  }

  private int divisor() {
    return latched == 0 ? written : latched;
  }

  private void update() {
    if (hasRate()) {
      int baud = (int) ((RATE_NUMERATOR + divisor() / 2) / divisor());
      int stopBits = TWO_STOP_BITS.isSetIn(lineControl) ? 2 : 1;
      int dataBits = SHORTEST_WORD + WORD_LENGTH.in(lineControl);
      format = new SerialFormat(baud, dataBits, parity(), stopBits);
    }
  }

  private Parity parity() {
    if (!PARITY_ENABLE.isSetIn(lineControl)) {
      return Parity.NONE;
    }
    boolean even = EVEN_PARITY.isSetIn(lineControl);
    if (STICK_PARITY.isSetIn(lineControl)) {
      return even ? Parity.SPACE : Parity.MARK;
    }
    return even ? Parity.EVEN : Parity.ODD;
  }
}
