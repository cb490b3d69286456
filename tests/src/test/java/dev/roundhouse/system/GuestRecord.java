package dev.roundhouse.system;

import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violation;
import java.util.List;

/**
 * What a run left behind.
 *
 * @param text the console's output, a character for each byte
 */
public record GuestRecord(
    RunResult result,
    String text,
    List<String> trace,
    List<Violation> violations,
    List<String> warnings) {
  /** How the kernel model ended the run; fails the test if something else ended it. */
  public EndOfRun end() {
    if (result.end() instanceof RunEnd.ByModel(EndOfRun end)) {
      return end;
    }
    throw new AssertionError("ended by " + result.end() + " after printing: " + text);
  }

  /** The rules that were broken, in order. */
  public List<Rule> brokenRules() {
    return violations.stream().map(Violation::rule).toList();
  }

  /** Everything that may not differ between two runs of the same files and options. */
  public List<String> all() {
    return List.of(
        result.toString(), text, trace.toString(), violations.toString(), warnings.toString());
  }
}
