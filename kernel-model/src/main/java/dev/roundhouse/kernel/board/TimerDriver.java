package dev.roundhouse.kernel.board;

import dev.roundhouse.devices.bus.Bus;

/**
 * The kernel's use of the system timer (lib/include/timer.h, time_intr_reset, 9d49562; registers:
 * BCM2711 ARM Peripherals, 10.2).
 */
public final class TimerDriver {
  private static final int CS = 0x00;
  private static final int C1 = 0x10;
  private static final int MATCH_1 = 1 << 1;

  private final Bus bus;
  private final long base;

  /** Drives the system timer of {@code devices}. */
  public TimerDriver(DrivenDevices devices) {
    bus = devices.bus();
    base = devices.addresses().systemTimer();
  }

  /**
   * Clears the match of compare 1 and sets the compare to 0. The status is written back as it was
   * read, which clears the matches of the other compares too.
   */
  public void disarm() {
    bus.write(base + CS, Integer.BYTES, bus.read(base + CS, Integer.BYTES) | MATCH_1);
    bus.write(base + C1, Integer.BYTES, 0);
  }
}
