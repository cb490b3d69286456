package dev.roundhouse.emulator.machine;

/** Real time: the only place where a machine asks for it. */
interface WallClock {
  /** Nanoseconds since the clock was made. */
  long elapsedNanos();

  /** Waits. */
  void sleep(long nanos);

  /** The host's clock, started now. */
  static WallClock started() {
    long start = System.nanoTime();
    return new WallClock() {
      @Override
      public long elapsedNanos() {
        return System.nanoTime() - start;
      }

      @Override
      public void sleep(long nanos) {
        java.util.concurrent.locks.LockSupport.parkNanos(nanos);
      }
    };
  }
}
