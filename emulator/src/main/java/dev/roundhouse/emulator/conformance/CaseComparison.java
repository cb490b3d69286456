package dev.roundhouse.emulator.conformance;

import dev.roundhouse.emulator.conformance.cases.Expectation;
import dev.roundhouse.emulator.conformance.cases.Expectation.ExpectedTask;
import dev.roundhouse.emulator.conformance.script.Observation;
import dev.roundhouse.emulator.conformance.script.Observation.TaskSeen;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Holds what was seen against what must be seen. */
final class CaseComparison {
  private static final Pattern STEP_END = Pattern.compile("; ");

  private final ObservationText observed;
  private final Observation seen;
  private final Expectation expected;
  private final List<Mismatch> differences = new ArrayList<>();

  private CaseComparison(ScriptedSystem system, Observation seen, Expectation expected) {
    this.observed = new ObservationText(system, seen);
    this.seen = seen;
    this.expected = expected;
  }

  /** What differs; nothing if all is as it must be. */
  static List<Mismatch> of(ScriptedSystem system, Observation seen, Expectation expected) {
    CaseComparison comparison = new CaseComparison(system, seen, expected);
    comparison.compare();
    return List.copyOf(comparison.differences);
  }

  private void compare() {
    hold("end of the run", expected.end().name(), seen.end().kind().name());
    if (!seen.end().text().contains(expected.endText())) {
      hold("report of the end", "..." + expected.endText() + "...", seen.end().text());
    }
    hold("order", expected.order(), observed.order(expected.detail()));
    for (TaskSeen task : seen.tasks()) {
      Optional<ExpectedTask> wanted = expected.task(task.tid());
      if (wanted.isEmpty()) {
        hold(name(task.tid()), "never made", ObservationText.state(task.state()));
      } else {
        compare(task, wanted.get());
      }
    }
    expected
        .tasks()
        .forEach((tid, wanted) -> {
          if (tid > seen.tasks().size()) {
            hold(name(tid), wanted.state(), "never made");
          }
        });
    hold(
        "broken rules",
        String.join(", ", expected.reports()),
        String.join(", ", observed.reports()));
    hold("output", expected.output().toString(), seen.output().toString());
  }

  private void compare(TaskSeen task, ExpectedTask wanted) {
    List<String> steps = observed.steps(task);
    String text = String.join("; ", steps);
    List<String> patterns =
        wanted.steps().isEmpty() ? List.of() : List.of(STEP_END.split(wanted.steps(), -1));
    boolean fits = patterns.size() == steps.size();
    for (int index = 0; fits && index < steps.size(); index++) {
      fits = fits(steps.get(index), patterns.get(index));
    }
    if (!fits) {
      hold("results of " + name(task.tid()), wanted.steps(), text);
    }
    hold("end of " + name(task.tid()), wanted.state(), ObservationText.state(task.state()));
  }

  private static boolean fits(String text, String pattern) {
    if (pattern.indexOf('*') < 0) {
      return text.equals(pattern);
    }
    String[] parts = pattern.split("\\*", -1);
    StringBuilder regex = new StringBuilder(Pattern.quote(parts[0]));
    for (int index = 1; index < parts.length; index++) {
      regex.append(".*").append(Pattern.quote(parts[index]));
    }
    return text.matches(regex.toString());
  }

  private static String name(int tid) {
    return "task " + tid;
  }

  private void hold(String what, String wanted, String found) {
    if (!wanted.equals(found)) {
      differences.add(new Mismatch(what, wanted, found));
    }
  }
}
