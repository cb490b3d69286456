package dev.roundhouse.emulator.testing;

import dev.roundhouse.emulator.run.RunResult;

/** How waiting for a {@link Condition} came out. */
public sealed interface Wait {
  /** It holds; the machine stands where it began to. */
  record Reached() implements Wait {}

  /** The time for it is over. */
  record TimeIsUp() implements Wait {}

  /** The run is over, and it does not hold. */
  record Over(RunResult result) implements Wait {}
}
