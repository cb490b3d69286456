package dev.roundhouse.emulator.lines;

import dev.roundhouse.emulator.process.Endings;
import dev.roundhouse.emulator.process.HostThreads;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the process when a run is not over although it should be, because nobody takes the process's
 * output or something else does not come back. A recording is then cut where it is.
 */
public final class OverdueRun implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final StandardEnd.Streams streams;
  private final int exitCode;
  private final Runnable lastWords;
  private volatile boolean isOver;

  private OverdueRun(StandardEnd.Streams streams, int exitCode, Runnable lastWords) {
    this.streams = streams;
    this.exitCode = exitCode;
    this.lastWords = lastWords;
  }

  /**
   * Watches a run that should be over in that time from now, until this is closed.
   *
   * @param exitCode what the process ends with then
   * @param lastWords tells the user
   */
  public static OverdueRun watch(
      long nanos, StandardEnd.Streams streams, int exitCode, Runnable lastWords) {
    OverdueRun run = new OverdueRun(streams, exitCode, lastWords);
    if (nanos != Long.MAX_VALUE) {
      long start = System.nanoTime();
      HostThreads.start("overdue", () -> run.watch(start, nanos));
    }
    return run;
  }

  private void watch(long start, long nanos) {
    long late = System.nanoTime() - start - nanos;
    while (!isOver && !isOverdue(late)) {
      LockSupport.parkNanos(late < 0 ? Math.min(-late, PATIENCE_NANOS) : LOOK_NANOS);
      late = System.nanoTime() - start - nanos;
    }
    if (!isOver) {
      Endings.Promise _ = streams.endings().before(lastWords);
      streams.endings().endAtOnce(exitCode);
    }
  }

  private boolean isOverdue(long late) {
    return late >= PATIENCE_NANOS
        || (late >= STUCK_NANOS && streams.out().waitingNanos() >= STUCK_NANOS);
  }

  /** The run is over. */
  @Override
  public void close() {
    isOver = true;
  }
}
