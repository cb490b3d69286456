package dev.roundhouse.emulator.machine;

import java.util.concurrent.locks.LockSupport;

/** Real time: the only place where a machine asks for it. */
interface WallClock {
  /** Nanoseconds since the first time that this was asked. */
  long elapsedNanos();

  /** Waits. */
  void sleep(long nanos);

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
    };
  }
}
