package dev.roundhouse.emulator.conformance;

import dev.roundhouse.emulator.conformance.cases.ConformanceCase;
import dev.roundhouse.emulator.conformance.cases.ConformanceSuite;
import dev.roundhouse.emulator.conformance.cases.Source;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page on how the kernel behaves, made of the cases: docs/kernel-behaviour.md. */
public final class BehaviourDocument {
  private BehaviourDocument() {}

  /** The whole page, in Markdown. */
  public static String text() {
    List<ConformanceCase> all = ConformanceSuite.all();
    StringBuilder page = new StringBuilder(introduction(all));
    for (Map.Entry<String, String> group : ConformanceSuite.headings().entrySet()) {
      page.append("\n## ").append(group.getValue()).append("\n\n");
      for (ConformanceCase one : all) {
        if (one.group().equals(group.getKey())) {
          page.append(line(one)).append('\n');
        }
      }
    }
    return page.toString();
  }

  private static String introduction(List<ConformanceCase> all) {
    return """
    # How the kernel behaves

    Each line is a case of the conformance suite, which runs on the kernel model and through the engine: %d cases, of which
    %d apply to TrainsOS (commit 9d49562) and %d to the course's specification. **Differs** marks where the two are not the
    same. What a case runs and what must be seen is in the file of its group in
    `emulator/src/main/resources/dev/roundhouse/emulator/conformance/cases` (docs/conformance.md has the form).

    This page is generated: `./roundhouse conform --document > docs/kernel-behaviour.md`.
    """
        .formatted(all.size(), count(all, AbiProfile.trainsOs()), count(all, AbiProfile.course()));
  }

  private static long count(List<ConformanceCase> all, AbiProfile profile) {
    return all.stream().filter(one -> one.appliesTo(profile)).count();
  }

  private static String line(ConformanceCase one) {
    String sources =
        one.sources().stream().map(Source::citation).distinct().collect(Collectors.joining("; "));
    return "- `%s` %s%s (%s)"
        .formatted(
            one.name(), one.differsBetweenProfiles() ? "**Differs.** " : "", one.says(), sources);
  }
}
