package dev.roundhouse.emulator.input;

import dev.roundhouse.devices.train.TrackSnapshot;
import java.util.function.Supplier;

/**
 * Looks at a simulated train set while its machine runs, every few milliseconds of virtual time and
 * once more at the end. What it does changes nothing of the run but how long it takes.
 */
public interface TrainWatcher {
  /** Looks away. */
  TrainWatcher NOBODY = (nanos, trains) -> {};

  /**
   * Called on the machine's thread.
   *
   * @param nanos virtual time
   * @param trains makes a snapshot; good during this call only
   */
  void look(long nanos, Supplier<TrackSnapshot> trains);
}
