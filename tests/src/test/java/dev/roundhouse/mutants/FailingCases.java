package dev.roundhouse.mutants;

import dev.roundhouse.emulator.conformance.CaseRunner;
import dev.roundhouse.emulator.conformance.cases.ConformanceCase;
import dev.roundhouse.emulator.conformance.cases.ConformanceSuite;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Which cases fail, of those that have a word in their names, on the kernel model of the class
 * loader that made this one.
 */
public final class FailingCases implements Function<String, List<String>> {
  @Override
  public List<String> apply(String part) {
    List<String> failing = new ArrayList<>();
    CaseRunner runner = CaseRunner.onModel(AbiProfile.trainsOs());
    for (ConformanceCase one : ConformanceSuite.of(runner.profile(), part)) {
      if (fails(runner, one)) {
        failing.add(one.name());
      }
    }
    return failing;
  }

  /** A wrong kernel may also break its own assertions. */
  private static boolean fails(CaseRunner runner, ConformanceCase one) {
    try {
      return !runner.run(one).isEmpty();
    } catch (RuntimeException e) {
      return true;
    }
  }
}
