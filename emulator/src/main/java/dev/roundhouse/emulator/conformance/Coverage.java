package dev.roundhouse.emulator.conformance;

import dev.roundhouse.emulator.conformance.cases.ConformanceCase;
import dev.roundhouse.emulator.conformance.cases.ConformanceSuite;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.CallOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which outcomes of which system calls the cases show: found by running them on the kernel model.
 *
 * @param profile on which kernel
 * @param cases the names of the cases for each outcome that this kernel has
 */
public record Coverage(AbiProfile profile, Map<CallOutcome, List<String>> cases) {
  /** Copies. */
  public Coverage {
    cases = Collections.unmodifiableMap(new EnumMap<>(cases));
  }

  /** Runs the cases of this kernel. */
  public static Coverage of(AbiProfile profile) {
    Map<CallOutcome, List<String>> cases = new EnumMap<>(CallOutcome.class);
    CallOutcome.on(profile).forEach(outcome -> cases.put(outcome, new ArrayList<>()));
    CaseRunner runner = CaseRunner.onModel(profile);
    for (ConformanceCase one : ConformanceSuite.of(profile, "")) {
      for (CallOutcome outcome : SeenOutcomes.of(one.system(), runner.observe(one))) {
        List<String> names = cases.get(outcome);
        if (names == null) {
          throw new IllegalStateException(
              one.name() + " shows what this kernel cannot do: " + outcome);
        }
        names.add(one.name());
      }
    }
    return new Coverage(profile, cases);
  }

  /** The outcomes that no case shows. */
  public List<CallOutcome> missing() {
    return cases.entrySet().stream()
        .filter(entry -> entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The table: a line for each outcome, with its call, how many cases show it, and one of them. */
  public String table() {
    StringBuilder table =
        new StringBuilder("%-24s %-46s %5s  %s\n".formatted("call", "outcome", "cases", "such as"));
    cases.forEach((outcome, names) ->
        table.append(
            "%-24s %-46s %5d  %s\n"
                .formatted(
                    outcome.call().callName(),
                    outcome.text(),
                    names.size(),
                    names.isEmpty() ? "MISSING" : names.getFirst())));
    return table.toString();
  }
}
