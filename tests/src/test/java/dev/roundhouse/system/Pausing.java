package dev.roundhouse.system;

import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.run.Pause;
import dev.roundhouse.emulator.run.RunResult;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs machines that pause each time when so much virtual time has passed.
 *
 * @param every the time; very long for no pauses
 */
record Pausing(Duration every) {
  static final Pausing NEVER = new Pausing(Duration.ofNanos(Long.MAX_VALUE));

  RunResult run(Machine machine) {
    Optional<RunResult> result = Optional.empty();
    while (result.isEmpty()) {
      long next = saturatedSum(machine.now().nanos(), every.toNanos());
      result = machine.runUntil(new Pause(next, () -> false));
    }
    return result.get();
  }

  private static long saturatedSum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
