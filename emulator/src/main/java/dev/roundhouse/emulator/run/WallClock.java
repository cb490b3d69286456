package dev.roundhouse.emulator.run;

import java.util.concurrent.locks.LockSupport;

/** Real time: the only place where a machine asks for it. */
public interface WallClock {
  /** Nanoseconds since the first time that this was asked. */
  long elapsedNanos();

  /** Waits. */
  void sleep(long nanos);

  /** Has {@code action} run once, on another thread, when {@link #elapsedNanos} is so much. */
  Bell ringAt(long elapsedNanos, Runnable action);

  /** What rings at a time, unless it is closed before. */
  interface Bell extends AutoCloseable {
    /** One that never rings. */
    Bell NONE = () -> {};

    @Override
    void close();
  }

  /** The host's clock, which a machine starts with its run and not while it is being assembled. */
  static WallClock ofHost() {
    return new WallClock() {
      private long start;
      private boolean hasStarted;

      @Override
      public long elapsedNanos() {
        if (!hasStarted) {
          hasStarted = true;
          start = System.nanoTime();
        }
        return System.nanoTime() - start;
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
    };
  }
}
