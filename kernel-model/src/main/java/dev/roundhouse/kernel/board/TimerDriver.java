package dev.roundhouse.kernel.board;

import dev.roundhouse.devices.bus.Bus;

/**
 * The kernel's use of the system timer (lib/include/timer.h, time_intr_reset, 9d49562; registers:
 * BCM2711 ARM Peripherals, 10.2).
 */
public final class TimerDriver {
  private static final long CS = 0xFE00_3000L;
  private static final long C1 = 0xFE00_3010L;
  private static final int MATCH_1 = 1 << 1;

  private final Bus bus;

  /** Drives the system timer on {@code bus}. */
  public TimerDriver(Bus bus) {
    this.bus = bus;
  }

  /**
   * Clears the match of compare 1 and sets the compare to 0. The status is written back as it was
   * read, which clears the matches of the other compares too.
   */
  public void disarm() {
    bus.write(CS, Integer.BYTES, bus.read(CS, Integer.BYTES) | MATCH_1);
    bus.write(C1, Integer.BYTES, 0);
  }
}
