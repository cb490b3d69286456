package dev.roundhouse.emulator.conformance.cases;

import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All cases, group by group. */
public final class ConformanceSuite {
  private static final Map<String, String> GROUPS = groups();

  private ConformanceSuite() {}

  private static Map<String, String> groups() {
    Map<String, String> groups = new LinkedHashMap<>();
    groups.put("create", "Creating tasks");
    groups.put("exit", "Ending");
    groups.put("tid", "Tids and parents");
    groups.put("priority", "Priorities and order");
    groups.put("yield", "yield");
    groups.put("send", "Messages");
    groups.put("truncate", "Messages that do not fit");
    groups.put("length", "Lengths");
    groups.put("many", "Many senders");
    groups.put("stranded", "Receivers that exit");
    groups.put("error", "Errors");
    groups.put("event", "Events");
    groups.put("timer", "The timer");
    groups.put("uart", "UARTs");
    groups.put("preempt", "Pre-emption");
    groups.put("mmap", "Memory");
    groups.put("args", "Arguments");
    groups.put("load", "Loading");
    groups.put("health", "Idle time");
    groups.put("print", "Printing from the kernel");
    groups.put("quit", "Quitting");
    groups.put("encoder", "Quadrature encoders");
    return Collections.unmodifiableMap(groups);
  }

  /** The headings of the groups, by their words. */
  public static Map<String, String> headings() {
    return GROUPS;
  }

  /** All cases, in the order of the groups. */
  public static List<ConformanceCase> all() {
    List<ConformanceCase> unordered = new ArrayList<>();
    unordered.addAll(CreateCases.all());
    unordered.addAll(TaskCases.all());
    unordered.addAll(PriorityCases.all());
    unordered.addAll(SendCases.all());
    unordered.addAll(LengthCases.all());
    unordered.addAll(ManySendersCases.all());
    unordered.addAll(StrandedCases.all());
    unordered.addAll(ErrorCases.all());
    unordered.addAll(PointerCases.all());
    unordered.addAll(EventCases.all());
    unordered.addAll(UartCases.all());
    unordered.addAll(PreemptionCases.all());
    unordered.addAll(MemoryCases.all());
    unordered.addAll(ArgumentCases.all());
    unordered.addAll(LoadingCases.all());
    unordered.addAll(SystemCases.all());
    List<ConformanceCase> ordered = new ArrayList<>();
    for (String group : GROUPS.keySet()) {
      unordered.stream().filter(one -> one.group().equals(group)).forEach(ordered::add);
    }
    if (ordered.size() != unordered.size()) {
      throw new IllegalStateException("a case has a group without heading");
    }
    return ordered;
  }

  /** The cases that apply to this kernel and whose names have {@code part} in them. */
  public static List<ConformanceCase> of(AbiProfile profile, String part) {
    return all().stream()
        .filter(one -> one.appliesTo(profile) && one.name().contains(part))
        .toList();
  }
}
