package dev.roundhouse.cli.demo;

import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.emulator.input.TrainWatcher;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Lets others look, and a run go only so fast that people can follow it. */
final class PacedWatcher implements TrainWatcher {
  /** Virtual seconds in a real one: a minute is over in a quarter. */
  private static final long PACE = 4;

  private final List<TrainWatcher> others;
  private final long start = System.nanoTime();

  PacedWatcher(List<TrainWatcher> others) {
    this.others = List.copyOf(others);
  }

  @Override
  public void look(long nanos, Supplier<TrackSnapshot> trains) {
    others.forEach(other -> other.look(nanos, trains));
    long early = nanos / PACE - (System.nanoTime() - start);
    if (early > 0) {
      LockSupport.parkNanos(early);
    }
  }
}
