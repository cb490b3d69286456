package dev.roundhouse.emulator.run;

/** Real time: the only place where a machine asks for it. */
public interface WallClock {
  /** Nanoseconds since the first time that this was asked. */
  long elapsedNanos();

  /** Lets no time pass until {@link #goOn}. */
  default void standStill() {}

  /** Lets time pass. */
  default void goOn() {}

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
    return new WallClockOfHost();
  }
}
