package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.serial.Parity;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.uart.LineTiming;

/**
 * Frame format and bit time of an SC16IS752's channel, from LCR, DLL, DLH and the prescaler (data
 * sheet, 7.7 and 8.4): baud = crystal / (prescaler x 16 x divisor).
 */
final class Sc16Line implements LineTiming {
  private static final long CRYSTAL = 14_745_600;
  private static final int CLOCKS_PER_BIT = 16;
  private static final int PRESCALED = 4;
  private static final int SHORTEST_WORD = 5;
  private static final int WORD_MASK = 3;
  private static final int TWO_STOP_BITS = 1 << 2;
  private static final int PARITY = 1 << 3;
  private static final int EVEN = 1 << 4;
  private static final int STICKY = 1 << 5;
  private static final int BYTE = 0xFF;
  private static final int TIMEOUT_FRAMES = 4;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private int divisor;
  private int control;
  private int prescaler = 1;

  int divisorLow() {
    return divisor & BYTE;
  }

  int divisorHigh() {
    return divisor >>> Byte.SIZE;
  }

  void writeDivisorLow(int value) {
    divisor = (divisor & ~BYTE) | value;
  }

  void writeDivisorHigh(int value) {
    divisor = (divisor & BYTE) | (value << Byte.SIZE);
  }

  void writeControl(int value) {
    control = value;
  }

  int control() {
    return control;
  }

  /** MCR bit 7 divides the clock by 4. */
  void prescale(int bit) {
    prescaler = bit == 0 ? 1 : PRESCALED;
  }

  @Override
  public boolean hasRate() {
    return divisor > 0;
  }

  @Override
  public SerialFormat format() {
    long clocks = clocksPerBit();
    int baud = (int) Math.max(1, (CRYSTAL + clocks / 2) / clocks);
    int stopBits = (control & TWO_STOP_BITS) != 0 ? 2 : 1;
    return new SerialFormat(baud, SHORTEST_WORD + (control & WORD_MASK), parity(), stopBits);
  }

  private long clocksPerBit() {
    return (long) prescaler * CLOCKS_PER_BIT * Math.max(divisor, 1);
  }

  private Parity parity() {
    if ((control & PARITY) == 0) {
      return Parity.NONE;
    }
    boolean even = (control & EVEN) != 0;
    if ((control & STICKY) != 0) {
      return even ? Parity.SPACE : Parity.MARK;
    }
    return even ? Parity.EVEN : Parity.ODD;
  }

  @Override
  public long frameNanos() {
    return format().frameBits() * clocksPerBit() * NANOS_PER_SECOND / CRYSTAL;
  }

  @Override
  public long timeoutNanos() {
    return TIMEOUT_FRAMES * frameNanos();
  }
}
