package dev.roundhouse.cli.report;

import java.time.Duration;
import java.util.List;

/**
 * Cases that were asked for together, in the order in which they are to be shown.
 *
 * @param name such as {@code conformance} or {@code scenarios}
 */
public record TestSuite(String name, List<TestCase> cases) {
  /** Copies the list. */
  public TestSuite {
    cases = List.copyOf(cases);
  }

  /** How many cases had such an outcome. */
  public long count(Class<? extends TestOutcome> outcome) {
    return cases.stream().filter(each -> outcome.isInstance(each.outcome())).count();
  }

  /** Whether no case failed or was broken. */
  public boolean isGood() {
    return count(TestOutcome.Failed.class) + count(TestOutcome.Broken.class) == 0;
  }

  /** The sum of the cases' times. */
  public Duration took() {
    return cases.stream().map(TestCase::took).reduce(Duration.ZERO, Duration::plus);
  }
}
