package dev.roundhouse.emulator.run;

import java.util.concurrent.locks.LockSupport;

/** The host's clock. */
final class WallClockOfHost implements WallClock {
  private long start;
  private boolean hasStarted;
  private boolean standsStill;
  private long stoodStillAt;

  @Override
  public long elapsedNanos() {
    if (!hasStarted) {
      hasStarted = true;
      start = System.nanoTime();
    }
    return standsStill ? stoodStillAt : System.nanoTime() - start;
  }

  @Override
  public void standStill() {
    stoodStillAt = elapsedNanos();
    standsStill = true;
  }

  @Override
  public void goOn() {
    if (standsStill) {
      standsStill = false;
      start = System.nanoTime() - stoodStillAt;
    }
  }

  @Override
  public void sleep(long nanos) {
    LockSupport.parkNanos(nanos);
  }

  @Override
  public Bell ringAt(long elapsedNanos, Runnable action) {
    long wait = elapsedNanos - elapsedNanos();
    long started = System.nanoTime();
    Thread thread = new Thread(() -> ring(started, wait, action), "roundhouse-real-time");
    thread.setDaemon(true);
    thread.start();
    return thread::interrupt;
  }

  private void ring(long started, long wait, Runnable action) {
    long left = wait;
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = wait - (System.nanoTime() - started);
    }
    if (!Thread.currentThread().isInterrupted()) {
      action.run();
    }
  }
}
