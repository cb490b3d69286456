package dev.roundhouse.emulator.conformance.cases;

import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All cases: a file of this package for each group. */
public final class ConformanceSuite {
  private static final String SUFFIX = ".cases";
  private static final List<String> GROUPS =
      List.of(
          "create",
          "exit",
          "tid",
          "priority",
          "yield",
          "send",
          "truncate",
          "length",
          "many",
          "stranded",
          "error",
          "event",
          "timer",
          "uart",
          "preempt",
          "mmap",
          "args",
          "load",
          "health",
          "print",
          "quit",
          "encoder");

  private ConformanceSuite() {}

  /** The headings of the groups, by their words. */
  public static Map<String, String> headings() {
    Map<String, String> headings = new LinkedHashMap<>();
    GROUPS.forEach(group -> headings.put(group, CaseText.heading(group + SUFFIX)));
    return headings;
  }

  /** All cases, in the order of the groups. */
  public static List<ConformanceCase> all() {
    return GROUPS.stream().flatMap(group -> CaseReader.cases(group + SUFFIX).stream()).toList();
  }

  /** The cases that apply to this kernel and whose names have {@code part} in them. */
  public static List<ConformanceCase> of(AbiProfile profile, String part) {
    return all().stream()
        .filter(one -> one.appliesTo(profile) && one.name().contains(part))
        .toList();
  }
}
