package dev.roundhouse.devices.timer;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.NarrowWrite;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.trace.DeviceEvent;

/**
 * The watchdog in the power management block: a program that wants a reboot loads the count-down,
 * then configures a full reset for its end. No Broadcom document describes it; the facts are those
 * of Linux, drivers/watchdog/bcm2835_wdt.c: a write counts only with 0x5A in its top byte, the
 * count is 20 bits of 1/65536 s, and RSTC bits 4-5 = 2 is a full reset.
 */
public final class Watchdog {
  /** Bytes of its address range. */
  public static final int LENGTH = 0x200;

  private static final int RSTC = 0x1C;
  private static final int RSTS = 0x20;
  private static final int WDOG = 0x24;

  private static final int PASSWORD_SHIFT = 24;
  private static final int PASSWORD = 0x5A;
  private static final int WITHOUT_PASSWORD = (1 << PASSWORD_SHIFT) - 1;
  private static final int RESET_CONFIGURATION = 0x30;
  private static final int FULL_RESET = 0x20;
  private static final int RSTC_AFTER_RESET = 0x102;
  private static final int RSTS_AFTER_POWER_ON = 0x1000;
  private static final int COUNT = 0xFFFFF;
  private static final long COUNTS_PER_SECOND = 65_536;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final BoardServices board;
  private final RegisterTable table;
  private final Alarm expiry;
  private int resetControl = RSTC_AFTER_RESET;
  private int resetStatus = RSTS_AFTER_POWER_ON;
  private int count;
  private long loadedAt;
  private boolean rebootRequested;

  /** A watchdog that is not running. */
  public Watchdog(BoardServices board) {
    this.board = board;
    this.expiry = board.agenda().alarm("watchdog", this::expire);
    this.table = new RegisterTable("power management", LENGTH, board.warnings());
    table.add(guarded("RSTC", RSTC).readBy(() -> resetControl).writtenBy(this::writeControl));
    table.add(guarded("RSTS", RSTS).readBy(() -> resetStatus).writtenBy(this::writeStatus));
    table.add(guarded("WDOG", WDOG).readBy(this::countLeft).writtenBy(this::load));
  }

  private static Register guarded(String name, int offset) {
    return Register.of(name, offset, Access.RW).narrowWrites(NarrowWrite.ZEROES_THE_REST);
  }

  public MmioDevice registers() {
    return table;
  }

  /** Whether a full reset has come due; it stays so. */
  public boolean rebootRequested() {
    return rebootRequested;
  }

  /** Whether a full reset is due at some time. */
  public boolean isCountingDown() {
    return expiry.isSet();
  }

  private void writeControl(int value) {
    if (hasPassword(value)) {
      resetControl = value & WITHOUT_PASSWORD;
      schedule();
    }
  }

  private void writeStatus(int value) {
    if (hasPassword(value)) {
      resetStatus = value & WITHOUT_PASSWORD;
    }
  }

  private void load(int value) {
    if (hasPassword(value)) {
      count = value & COUNT;
      loadedAt = board.clock().nanos();
      schedule();
    }
  }

  private void schedule() {
    if ((resetControl & RESET_CONFIGURATION) == FULL_RESET) {
      long due = loadedAt + count * NANOS_PER_SECOND / COUNTS_PER_SECOND;
      expiry.setAt(Math.max(due, board.clock().nanos()));
    } else {
      expiry.cancel();
    }
  }

  private int countLeft() {
    long gone = (board.clock().nanos() - loadedAt) * COUNTS_PER_SECOND / NANOS_PER_SECOND;
    return (int) Math.max(0, count - gone);
  }

  private void expire(long atNanos) {
    rebootRequested = true;
    if (board.trace().isOn()) {
      board.trace().emit(atNanos, new DeviceEvent.RebootRequested());
    }
  }

  private static boolean hasPassword(int value) {
    return value >>> PASSWORD_SHIFT == PASSWORD;
  }
}
