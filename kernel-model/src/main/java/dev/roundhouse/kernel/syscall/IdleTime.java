package dev.roundhouse.kernel.syscall;

import dev.roundhouse.devices.time.VirtualClock;

/**
 * How long the processor was idle, in microseconds of the system timer as the kernel counts them
 * (kernel/src/loop.c, k_loop; kernel/src/syscall_handler.c, k_sys_health, 9d49562).
 */
public final class IdleTime {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long HUNDREDTHS_OF_PERCENT = 10_000;

  private final VirtualClock clock;
  private long trackedSince;
  private long idleMicros;
  private long idleSince;

  /** Counts from now on. */
  public IdleTime(VirtualClock clock) {
    this.clock = clock;
    this.trackedSince = micros();
  }

  /** The processor becomes idle. */
  public void begin() {
    idleSince = micros();
  }

  /** An interrupt ends the idle time. */
  public void end() {
    idleMicros += micros() - idleSince;
  }

  /** Idle time since the last call in hundredths of a percent; starts anew. */
  public int takeHundredthsOfPercent() {
    long now = micros();
    long total = now - trackedSince;
    // A division by zero gives zero on AArch64.
    long share = total == 0 ? 0 : idleMicros * HUNDREDTHS_OF_PERCENT / total;
    idleMicros = 0;
    trackedSince = now;
    return (int) share;
  }

  private long micros() {
    return clock.nanos() / NANOS_PER_MICRO;
  }
}
