package dev.roundhouse.kernel.board;

import dev.roundhouse.devices.bus.Bus;

/**
 * The kernel's use of the power manager's watchdog (kernel/src/boot.S, el1_reboot, 9d49562): the
 * password 0x5A is in the top byte of each write.
 */
public final class WatchdogDriver {
  private static final int RSTC = 0x1C;
  private static final int WDOG = 0x24;
  private static final long ONE_TICK = 0x5A00_0001L;
  private static final long FULL_RESET = 0x5A00_0020L;

  private final Bus bus;
  private final long base;

  /** Drives the watchdog of {@code devices}. */
  public WatchdogDriver(DrivenDevices devices) {
    bus = devices.bus();
    base = devices.addresses().powerManagement();
  }

  /** Has the board reset at the watchdog's next tick. */
  public void reset() {
    bus.write(base + WDOG, Integer.BYTES, ONE_TICK);
    bus.write(base + RSTC, Integer.BYTES, FULL_RESET);
  }
}
