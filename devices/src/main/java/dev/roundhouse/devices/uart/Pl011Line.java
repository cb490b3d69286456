package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.serial.SerialFormat;

/**
 * Frame format and bit time of a PL011, from UARTLCR_H, UARTIBRD and UARTFBRD (PL011 TRM, DDI 0183,
 * 3.3.5 to 3.3.7).
 *
 * <p>The divisor written to IBRD and FBRD takes effect with the next write of LCR_H. One exception:
 * as long as no divisor has taken effect since reset, the one written is used. TrainsOS depends on
 * it: it writes LCR_H first and the divisor after (lib/libbase/rpi_uart.c, uart_init, 9d49562).
 */
final class Pl011Line implements LineTiming {
  private static final Field BRK = Field.unmodelled("BRK", 0, 1);
  private static final Field PEN = Field.bit("PEN", 1);
  private static final Field EPS = Field.bit("EPS", 2);
  private static final Field STP2 = Field.bit("STP2", 3);
  private static final Field FEN = Field.bit("FEN", 4);
  private static final Field WLEN = Field.of("WLEN", 5, 2);
  private static final Field SPS = Field.bit("SPS", 7);
  private static final FormatFields FORMAT = new FormatFields(WLEN, STP2, PEN, EPS, SPS);

  private static final int DIVISOR_BITS = 16;
  private static final int FRACTION_BITS = 6;
  private static final int FRACTIONS = 1 << FRACTION_BITS;
  private static final int LARGEST_DIVISOR = 0xFFFF * FRACTIONS;
  private static final int TIMEOUT_BITS = 32;

  /** The baud rate is UARTCLK / (16 x divisor / 64). */
  private static final long RATE_NUMERATOR = Pl011.CLOCK_HZ * FRACTIONS / 16;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Runnable changed;
  private final Register integer;
  private final Register fraction;
  private final Register control;
  private int latched;
  private SerialFormat format = SerialFormat.CONSOLE;

  /** Adds its registers to {@code table}; {@code changed} runs after each write. */
  Pl011Line(RegisterTable table, Runnable changed) {
    this.changed = changed;
    integer = Register.of("IBRD", 0x24, Access.RW).bits(DIVISOR_BITS).writtenBy(value -> update());
    fraction =
        Register.of("FBRD", 0x28, Access.RW).bits(FRACTION_BITS).writtenBy(value -> update());
    control =
        Register.of("LCRH", 0x2C, Access.RW)
            .fields(BRK, PEN, EPS, STP2, FEN, WLEN, SPS)
            .writtenBy(value -> latch());
    table.add(integer);
    table.add(fraction);
    table.add(control);
  }

  private void latch() {
    latched = written();
    update();
  }

  private void update() {
    if (hasRate()) {
      int baud = (int) ((RATE_NUMERATOR + divisor() / 2) / divisor());
      format = FORMAT.in(control.value(), baud);
    }
    changed.run();
  }

  /** Whether there is a divisor: the integer part is 1 to 65535, and 65535 has no fraction. */
  @Override
  public boolean hasRate() {
    return divisor() >= FRACTIONS && divisor() <= LARGEST_DIVISOR;
  }

  /** Whether a divisor was written that waits for a write of LCR_H. */
  boolean divisorWaits() {
    return written() != divisor();
  }

  boolean fifosEnabled() {
    return control.has(FEN);
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

  /** In 64ths. */
  private int written() {
    return integer.value() * FRACTIONS + fraction.value();
  }

  private int divisor() {
    return latched == 0 ? written() : latched;
  }
}
