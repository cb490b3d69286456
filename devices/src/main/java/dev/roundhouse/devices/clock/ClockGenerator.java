package dev.roundhouse.devices.clock;

import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.NarrowWrite;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;

/**
 * One clock generator (BCM2711 ARM Peripherals, 5.4): a source, a divider of 12 bits with 12
 * fractional ones, and an enable. Writes count with 0x5A in the top byte only. A generator that is
 * disabled goes on to the end of its cycle, so that BUSY stays for one; KILL stops it at once.
 *
 * <p>Sources that run: the oscillator at 54 MHz, and PLLD at 750 MHz (Linux, clk-bcm2835.c). The
 * others depend on what the firmware sets; choosing one is a visible warning, and gives no clock.
 */
public final class ClockGenerator {
  private static final int PASSWORD_SHIFT = 24;
  private static final int PASSWORD = 0x5A;
  private static final int WITHOUT_PASSWORD = (1 << PASSWORD_SHIFT) - 1;
  private static final Field SOURCE = Field.of("SRC", 0, 4);
  private static final Field ENABLE = Field.bit("ENAB", 4);
  private static final Field KILL = Field.bit("KILL", 5);
  private static final Field BUSY = Field.bit("BUSY", 7);
  private static final Field MASH = Field.of("MASH", 9, 2);
  private static final Field INTEGER = Field.of("DIVI", 12, 12);
  private static final Field FRACTION = Field.of("DIVF", 0, 12);
  private static final int DIVIDER_OFFSET = 4;
  private static final double FRACTIONS = 4096;
  private static final int OSCILLATOR = 1;
  private static final int PLLD = 6;
  private static final double OSCILLATOR_HZ = 54e6;
  private static final double PLLD_HZ = 750e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final String name;
  private final BoardServices board;
  private int control;
  private int divider;
  private long busyUntil;
  private boolean warnedOfSource;
  private boolean warnedOfBusy;
  private Runnable changed = () -> {};

  ClockGenerator(String name, BoardServices board) {
    this.name = name;
    this.board = board;
  }

  /** Adds its two registers. */
  void addTo(RegisterTable table, int offset) {
    table.add(
        Register.of(name + "CTL", offset, Access.RW)
            .narrowWrites(NarrowWrite.ZEROES_THE_REST)
            .readBy(this::readControl)
            .writtenBy(this::writeControl));
    table.add(
        Register.of(name + "DIV", offset + DIVIDER_OFFSET, Access.RW)
            .narrowWrites(NarrowWrite.ZEROES_THE_REST)
            .readBy(() -> divider)
            .writtenBy(this::writeDivider));
  }

  /** Has an action run after each change. */
  public void whenChanged(Runnable action) {
    changed = action;
  }

  /** Cycles a second; 0 while it stands still. */
  public double hertz() {
    return ENABLE.isSetIn(control) && !KILL.isSetIn(control) ? dividedHertz() : 0;
  }

  /** Without MASH the fraction does not count. */
  private double dividedHertz() {
    double fraction = MASH.isSetIn(control) ? FRACTION.in(divider) / FRACTIONS : 0;
    double by = INTEGER.in(divider) + fraction;
    double source =
        switch (SOURCE.in(control)) {
          case OSCILLATOR -> OSCILLATOR_HZ;
          case PLLD -> PLLD_HZ;
          default -> 0;
        };
    return by >= 1 ? source / by : 0;
  }

  private int readControl() {
    boolean isBusy = hertz() > 0 || board.clock().nanos() < busyUntil;
    return (control & ~BUSY.mask()) | (isBusy ? BUSY.mask() : 0);
  }

  private void writeControl(int value) {
    if (value >>> PASSWORD_SHIFT != PASSWORD) {
      return;
    }
    double before = hertz();
    int wanted = value & WITHOUT_PASSWORD;
    boolean isOtherSource = ((control ^ wanted) & (SOURCE.mask() | MASH.mask())) != 0;
    if (before > 0 && isOtherSource && ENABLE.isSetIn(wanted)) {
      warnOfBusy();
    }
    control = wanted;
    if (KILL.isSetIn(control)) {
      busyUntil = 0;
    } else if (before > 0 && hertz() == 0) {
      busyUntil = board.clock().nanos() + (long) Math.ceil(NANOS_PER_SECOND / before);
    }
    warnOfSource();
    changed.run();
  }

  private void writeDivider(int value) {
    if (value >>> PASSWORD_SHIFT != PASSWORD) {
      return;
    }
    if (hertz() > 0) {
      warnOfBusy();
    }
    divider = value & WITHOUT_PASSWORD;
    changed.run();
  }

  private void warnOfSource() {
    if (ENABLE.isSetIn(control) && !warnedOfSource) {
      int source = SOURCE.in(control);
      if (source != OSCILLATOR && source != PLLD) {
        warnedOfSource = true;
        warn("source " + source + " is not modelled and gives no clock: take 1, the oscillator");
      }
    }
  }

  private void warnOfBusy() {
    if (!warnedOfBusy) {
      warnedOfBusy = true;
      warn(
          "changed while it is busy, which may lock up the chip: clear ENAB and wait for BUSY = 0");
    }
  }

  private void warn(String what) {
    board.warnings().warn("clock manager", name + ": " + what);
  }
}
