package dev.roundhouse.devices.pwm;

import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.gpio.PinOutput;
import dev.roundhouse.devices.irq.Level;

/**
 * What one channel of a PWM puts out, worked out from the time since it was set up (BCM2711 ARM
 * Peripherals, 8.4 and 8.5): pulses spread evenly (N of M cycles), one pulse a period (M/S), or the
 * bits of a word, highest first.
 */
final class PwmChannel implements PinOutput {
  /** How data becomes a signal. */
  enum Mode {
    /** DAT of RNG cycles are high, spread as evenly as can be. */
    BALANCED,
    /** The first DAT of RNG cycles are high. */
    MARK_SPACE,
    /** The bits of DAT, RNG of them; beyond 32 the silence bit. */
    SERIAL
  }

  private static final int LARGEST_WORD = Integer.SIZE;
  private static final double NANOS_PER_SECOND = 1e9;

  private final BoardServices board;
  private double hertz;
  private Mode mode = Mode.BALANCED;
  private Level silence = Level.LOW;
  private Level inversion = Level.LOW;
  private boolean isOn;
  private long range;
  private long data;
  private long startedAt;

  PwmChannel(BoardServices board) {
    this.board = board;
  }

  /** Sets up how data becomes a signal; an inverted output has {@code inversion} HIGH. */
  void shape(Mode newMode, Level newSilence, Level newInversion) {
    mode = newMode;
    silence = newSilence;
    inversion = newInversion;
  }

  /** Runs by a clock; 0 stops it. */
  void run(double newHertz) {
    isOn = newHertz > 0;
    hertz = newHertz;
  }

  /** Begins a period of {@code newRange} cycles with {@code newData} at a time. */
  void begin(long newRange, long newData, long atNanos) {
    range = newRange;
    data = newData;
    startedAt = atNanos;
  }

  boolean isOn() {
    return isOn;
  }

  /** The time of a period in nanoseconds, at least 1. */
  long periodNanos() {
    return Math.max(1, Math.round(Math.max(range, 1) / hertz * NANOS_PER_SECOND));
  }

  @Override
  public Level level() {
    return Level.of((raw() == Level.HIGH) != (inversion == Level.HIGH));
  }

  private Level raw() {
    if (!isOn || range == 0) {
      return silence;
    }
    double cycles = (board.clock().nanos() - startedAt) * (hertz / NANOS_PER_SECOND);
    long cycle = (long) cycles % range;
    return switch (mode) {
      case MARK_SPACE -> Level.of(cycle < data);
      case BALANCED -> Level.of(share(cycle + 1) != share(cycle));
      case SERIAL ->
          cycle < LARGEST_WORD ? Level.of((data >>> (LARGEST_WORD - 1 - cycle) & 1) != 0) : silence;
    };
  }

  /** How many of the first {@code cycles} cycles are high; both factors have 32 bits. */
  private long share(long cycles) {
    return Long.divideUnsigned(cycles * data, range);
  }

  @Override
  public double duty() {
    double high = rawDuty();
    return inversion == Level.HIGH ? 1 - high : high;
  }

  private double rawDuty() {
    if (!isOn || range == 0) {
      return silence == Level.HIGH ? 1 : 0;
    }
    if (mode != Mode.SERIAL) {
      return (double) Math.min(data, range) / range;
    }
    long bits = Math.min(range, LARGEST_WORD);
    long sent = (data & 0xFFFF_FFFFL) >>> (LARGEST_WORD - bits);
    long silent = silence == Level.HIGH ? range - bits : 0;
    return (double) (Long.bitCount(sent) + silent) / range;
  }
}
