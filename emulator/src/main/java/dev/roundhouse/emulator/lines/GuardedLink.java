package dev.roundhouse.emulator.lines;

import dev.roundhouse.emulator.platform.HostSerialPort;
import dev.roundhouse.emulator.process.HostThreads;
import dev.roundhouse.emulator.process.Notices;
import dev.roundhouse.emulator.process.StopGuard;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Serves a link to real trains in a thread of its own. However the run or the process ends, the
 * trains are stopped first, by {@link StopGuard} if need be.
 */
final class GuardedLink {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final Link link;
  private final StopGuard guard;
  private final Notices notices;
  private final long stepNanos;
  private final Thread thread;
  private volatile boolean isClosing;

  /** What leads to trains, one step at a time. */
  interface Link {
    /** Does what can be done at this time, in nanoseconds of real time. */
    void step(long now);

    /** From now on nothing but stop is sent. */
    void beginStop();

    /** Whether the trains have been stopped since then. */
    boolean isStopped();

    /** Gives back what it has of the host. */
    void close();
  }

  /**
   * Begins to serve a link.
   *
   * @param stepNanos how long to wait between two steps
   */
  GuardedLink(String name, Link link, StopGuard.Errand errand, Notices notices, long stepNanos) {
    this.name = name;
    this.link = link;
    this.notices = notices;
    this.stepNanos = stepNanos;
    guard = StopGuard.with(errand);
    thread = HostThreads.startForSerialPort(name, this::serve);
    HostSerialPort.beforeExit(HostThreads.unstarted("serial-stop-" + name, this::close));
  }

  private void serve() {
    try {
      while (!isClosing) {
        link.step(System.nanoTime());
        LockSupport.parkNanos(stepNanos);
      }
      stop();
      if (link.isStopped()) {
        guard.dismiss();
      }
    } finally {
      link.close();
    }
  }

  private void stop() {
    link.beginStop();
    long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
    while (!link.isStopped() && System.nanoTime() < deadline) {
      link.step(System.nanoTime());
      LockSupport.parkNanos(stepNanos);
    }
    notices.say(
        link.isStopped()
            ? name + ": the trains are stopped"
            : name + ": the trains could NOT be stopped, the box does not listen: switch it off");
  }

  /** Stops the trains, and waits for that. */
  void close() {
    isClosing = true;
    try {
      thread.join(2 * STOP_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
