package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.uart.FormatFields;
import dev.roundhouse.devices.uart.LineTiming;

/**
 * Frame format and bit time of an SC16IS752's channel, from LCR, DLL, DLH and the prescaler in MCR
 * (data sheet, 7.7 and 8.4): baud = crystal / (prescaler x 16 x divisor).
 */
final class Sc16Line implements LineTiming {
  private static final int BYTE_BITS = 8;
  private static final Field WORD_LENGTH = Field.of("WORD_LENGTH", 0, 2);
  private static final Field STOP_BIT = Field.bit("STOP_BIT", 2);
  private static final Field PARITY_ENABLE = Field.bit("PARITY_ENABLE", 3);
  private static final Field EVEN_PARITY = Field.bit("EVEN_PARITY", 4);
  private static final Field SET_PARITY = Field.bit("SET_PARITY", 5);
  private static final Field DIVISOR_LATCH = Field.bit("DIVISOR_LATCH_ENABLE", 7);
  private static final Field CLOCK_DIVISOR = Field.bit("CLOCK_DIVISOR", 7);
  private static final FormatFields FORMAT =
      new FormatFields(WORD_LENGTH, STOP_BIT, PARITY_ENABLE, EVEN_PARITY, SET_PARITY);
  private static final int AFTER_RESET = 0x1D;
  private static final int ENHANCED_SET = 0xBF;
  private static final long CRYSTAL = 14_745_600;
  private static final int CLOCKS_PER_BIT = 16;
  private static final int PRESCALED = 4;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** LCR. */
  final Register control = Register.of("LCR", 3, Access.RW).bits(BYTE_BITS).reset(AFTER_RESET);

  /** The low byte of the divisor. */
  final Register divisorLow = Register.of("DLL", 0, Access.RW).bits(BYTE_BITS);

  /** The high byte. */
  final Register divisorHigh = Register.of("DLH", 1, Access.RW).bits(BYTE_BITS);

  private final Register modemControl;

  Sc16Line(Register modemControl) {
    this.modemControl = modemControl;
  }

  /** Whether LCR makes the enhanced registers be seen. */
  boolean showsEnhanced() {
    return control.value() == ENHANCED_SET;
  }

  /** Whether LCR makes the divisor be seen. */
  boolean showsDivisor() {
    return control.has(DIVISOR_LATCH) && !showsEnhanced();
  }

  @Override
  public boolean hasRate() {
    return divisor() > 0;
  }

  @Override
  public SerialFormat format() {
    if (!hasRate()) {
      return SerialFormat.CONSOLE;
    }
    long clocks = clocksPerBit();
    return FORMAT.in(control.value(), (int) Math.max(1, (CRYSTAL + clocks / 2) / clocks));
  }

  @Override
  public long frameNanos() {
    return format().frameBits() * clocksPerBit() * NANOS_PER_SECOND / CRYSTAL;
  }

  private long clocksPerBit() {
    int prescaler = modemControl.has(CLOCK_DIVISOR) ? PRESCALED : 1;
    return (long) prescaler * CLOCKS_PER_BIT * Math.max(divisor(), 1);
  }

  private int divisor() {
    return divisorHigh.value() << BYTE_BITS | divisorLow.value();
  }
}
