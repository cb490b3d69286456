package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.run.RunResult;

/** What came of a replay. */
public sealed interface ReplayOutcome {
  /**
   * The whole run was the same.
   *
   * @param result how it went
   * @param events that both runs had
   */
  record Identical(RunResult result, long events) implements ReplayOutcome {}

  /**
   * The same as far as the recording goes, which was cut off.
   *
   * @param until virtual time of its last check point
   * @param events up to there
   */
  record IdenticalUntilCut(VirtualTime until, long events) implements ReplayOutcome {}

  /**
   * The same as far as the replay came within its limit of real time.
   *
   * @param until virtual time at which it was ended
   * @param events up to there
   */
  record IdenticalUntilTimeout(VirtualTime until, long events) implements ReplayOutcome {}

  /** It was another run. */
  record Different(Divergence difference) implements ReplayOutcome {}
}
