package dev.roundhouse.cli.session;

import dev.roundhouse.emulator.lines.StandardEnd;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.process.Endings;
import dev.roundhouse.emulator.process.HostThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the run before the process ends: what it has written of trace and recording is then whole. A
 * run that does not end in that time, because nobody takes its output, keeps what it has.
 */
final class OrderlyEnd implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int STEP_MILLIS = 10;
  private static final int RESCUE_MILLIS = 50;

  private final CountDownLatch isOver = new CountDownLatch(1);
  private final Endings.Promise promise;
  private final StandardEnd.Streams streams;
  private volatile @Nullable Machine machine;
  private volatile Runnable atWorst = () -> {};
  private volatile boolean isWanted;

  /** Heeds the end of the process from now on. */
  OrderlyEnd(StandardEnd.Streams streams) {
    this.streams = streams;
    promise = streams.endings().first(this::end);
  }

  /** What is to end. */
  void of(Machine running) {
    machine = running;
    if (isWanted) {
      running.stopFromOutside();
    }
  }

  /** What saves what can be saved, on another thread, when the run does not end. */
  void otherwise(Runnable action) {
    atWorst = action;
  }

  /** Whether the process is about to end, so that nothing need be said of the run. */
  boolean isWanted() {
    return isWanted;
  }

  private void end() {
    isWanted = true;
    Machine running = machine;
    if (running != null) {
      running.stopFromOutside();
    }
    if (running != null && !awaitEnd()) {
      HostThreads.join(HostThreads.start("rescue", atWorst), RESCUE_MILLIS);
    }
  }

  /** Waits while the run may still end: not when nobody takes its output. */
  private boolean awaitEnd() {
    long start = System.nanoTime();
    try {
      while (System.nanoTime() - start < PATIENCE_NANOS
          && streams.out().waitingNanos() < STUCK_NANOS) {
        if (isOver.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Everything is written. */
  @Override
  public void close() {
    isOver.countDown();
    promise.withdraw();
  }
}
