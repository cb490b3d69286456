package dev.roundhouse.emulator.run;

import dev.roundhouse.emulator.input.LiveGate;
import java.util.function.Consumer;

/** How virtual time goes with real time. Pacing waits; it never changes the order of anything. */
public sealed interface Pacer {
  /** How often the machine looks up from guest code, in nanoseconds of virtual time. */
  long lookNanos();

  /** Called each time it looks up. */
  void keepPace(long virtualNanos);

  /**
   * Waits while nothing runs.
   *
   * @return the virtual time at which to go on: {@code untilNanos}, or earlier because input has
   *     come
   */
  long idle(long nowNanos, long untilNanos);

  /** As fast as the host can; idle time is skipped. */
  record Unpaced() implements Pacer {
    private static final long LOOK_NANOS = 5_000_000;

    @Override
    public long lookNanos() {
      return LOOK_NANOS;
    }

    @Override
    public void keepPace(long virtualNanos) {
      // Nothing to wait for.
    }

    @Override
    public long idle(long nowNanos, long untilNanos) {
      return untilNanos;
    }
  }

  /**
   * One virtual second is at least one real second. Virtual time that falls behind a little, as by
   * a pause of the host, catches up; one that falls behind far, as in a process that was suspended,
   * goes on from where it is: it never rushes through what a train set would need its time for.
   */
  final class RealTime implements Pacer {
    private static final long LOOK_NANOS = 1_000_000;
    private static final long LONGEST_WAIT_NANOS = 20_000_000;
    private static final long LONGEST_LAG_NANOS = 250_000_000;

    private final WallClock wall;
    private static final long WORTH_TELLING_NANOS = 1_000_000_000;

    private final LiveGate gate;
    private final Consumer<String> warnings;
    private long lostNanos;
    private boolean isLossTold;

    /** Keeps pace with a clock; {@code warnings} hears once when that cannot be done. */
    public RealTime(WallClock wall, LiveGate gate, Consumer<String> warnings) {
      this.wall = wall;
      this.gate = gate;
      this.warnings = warnings;
    }

    private void tellLoss(long virtualNanos) {
      if (!isLossTold && lostNanos >= WORTH_TELLING_NANOS) {
        isLossTold = true;
        warnings.accept(
            "it cannot be kept: at %.1f s of virtual time the run is %.1f s late, because the host is too slow for it or the process stood still"
                .formatted(
                    virtualNanos / (double) WORTH_TELLING_NANOS,
                    lostNanos / (double) WORTH_TELLING_NANOS));
      }
    }

    /** Where real time is for a machine that is at {@code virtualNanos}. */
    private long paceNanos(long virtualNanos) {
      long pace = wall.elapsedNanos() - lostNanos;
      if (pace - virtualNanos > LONGEST_LAG_NANOS) {
        lostNanos += pace - virtualNanos;
        tellLoss(virtualNanos);
        return virtualNanos;
      }
      return pace;
    }

    @Override
    public long lookNanos() {
      return LOOK_NANOS;
    }

    @Override
    public void keepPace(long virtualNanos) {
      long ahead = virtualNanos - paceNanos(virtualNanos);
      if (ahead > 0) {
        wall.sleep(Math.min(ahead, LONGEST_WAIT_NANOS));
      }
    }

    @Override
    public long idle(long nowNanos, long untilNanos) {
      long ahead = untilNanos - paceNanos(nowNanos);
      if (ahead > 0) {
        gate.awaitInput(Math.min(ahead, LONGEST_WAIT_NANOS));
      }
      long reached = Math.min(paceNanos(nowNanos), untilNanos);
      return Math.max(reached, nowNanos);
    }
  }
}
