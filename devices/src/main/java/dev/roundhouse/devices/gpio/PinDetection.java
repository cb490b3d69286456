package dev.roundhouse.devices.gpio;

import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/**
 * What the GPIO block notices at its pins: edges and levels, and the interrupts for them (BCM2711
 * ARM Peripherals, 5.2, GPEDS to GPAFEN). A level that is still there when its status is cleared
 * sets it again. Pins change between instructions only, so that synchronous and asynchronous
 * detection of edges see the same.
 */
final class PinDetection {
  /**
   * The first pin of each of the three banks with an interrupt, and the end of the last; a fourth
   * interrupt is for all (BCM2711 ARM Peripherals, 6.2.4, interrupts 49 to 52).
   */
  private static final int[] FIRST_PINS = {0, 28, 46, Gpio.PINS};

  private static final int GPEDS = 0x40;
  private static final int MOST_NAMED = 3;

  /** What is looked for. */
  private enum Kind {
    GPREN(0x4C),
    GPFEN(0x58),
    GPHEN(0x64),
    GPLEN(0x70),
    GPAREN(0x7C),
    GPAFEN(0x88);

    private final int offset;

    Kind(int offset) {
      this.offset = offset;
    }
  }

  /** The pins at which each kind is looked for. */
  private final Map<Kind, Register[]> enables = new EnumMap<>(Kind.class);

  private final LongUnaryOperator steadyUntil;
  private final IrqLine[] lines;
  private long detected;
  private long levels;

  /**
   * Detection with an interrupt line for each bank and one for all.
   *
   * @param steadyUntil until when levels stay as they are at a time
   */
  PinDetection(LongUnaryOperator steadyUntil, IrqLine... lines) {
    this.steadyUntil = steadyUntil;
    this.lines = lines.clone();
  }

  /** Adds its registers to those of the pins. */
  void addTo(RegisterTable table) {
    for (int bank = 0; bank < Gpio.BANKS; bank++) {
      int shift = bank * Integer.SIZE;
      table.add(
          Gpio.row("GPEDS", GPEDS, Access.W1C, bank)
              .readBy(() -> (int) (detected >>> shift))
              .steady(steadyUntil)
              .writtenBy(bits -> clear(Integer.toUnsignedLong(bits) << shift)));
    }
    for (Kind kind : Kind.values()) {
      enables.put(kind, new Register[] {table.add(enable(kind, 0)), table.add(enable(kind, 1))});
    }
  }

  private Register enable(Kind kind, int bank) {
    return Gpio.row(kind.name(), kind.offset, Access.RW, bank).writtenBy(bits -> look());
  }

  /** Whether anything is looked for at the pins of {@code bank}, 0 to 2. */
  boolean isOn(int bank) {
    long pins = pins(bank);
    for (Kind kind : Kind.values()) {
      if ((enabled(kind) & pins) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The pins whose level is detected again whenever its status is cleared, for people. */
  Optional<String> lastingCause() {
    String high = named(levels & enabled(Kind.GPHEN), "high (GPHEN)");
    String low = named(~levels & enabled(Kind.GPLEN) & Gpio.ALL_PINS, "low (GPLEN)");
    String all = high + (high.isEmpty() || low.isEmpty() ? "" : ", ") + low;
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private static String named(long pins, String level) {
    return BitSet.valueOf(new long[] {pins}).stream()
        .limit(MOST_NAMED)
        .mapToObj(pin -> "GPIO %d is %s".formatted(pin, level))
        .collect(Collectors.joining(", "));
  }

  /** The pins have new levels, pin 0 in bit 0. */
  void update(long newLevels) {
    long rising = newLevels & ~levels;
    long falling = levels & ~newLevels;
    levels = newLevels;
    detected |= rising & (enabled(Kind.GPREN) | enabled(Kind.GPAREN));
    detected |= falling & (enabled(Kind.GPFEN) | enabled(Kind.GPAFEN));
    look();
  }

  private void clear(long bits) {
    detected &= ~bits;
    look();
  }

  /** Looks at levels, and lets the interrupts follow what is detected. */
  private void look() {
    detected |= levels & enabled(Kind.GPHEN);
    detected |= ~levels & enabled(Kind.GPLEN) & Gpio.ALL_PINS;
    for (int bank = 0; bank < FIRST_PINS.length - 1; bank++) {
      lines[bank].set(Level.of((detected & pins(bank)) != 0));
    }
    lines[FIRST_PINS.length - 1].set(Level.of(detected != 0));
  }

  private long enabled(Kind kind) {
    Register[] words = enables.get(kind);
    return words == null
        ? 0
        : Integer.toUnsignedLong(words[0].value())
            | (Integer.toUnsignedLong(words[1].value()) << Integer.SIZE);
  }

  private static long pins(int bank) {
    return (1L << FIRST_PINS[bank + 1]) - (1L << FIRST_PINS[bank]);
  }
}
