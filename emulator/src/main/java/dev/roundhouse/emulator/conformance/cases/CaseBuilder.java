package dev.roundhouse.emulator.conformance.cases;

import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.emulator.conformance.script.TaskRef;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Puts a case together, in the order in which one tells of it. */
final class CaseBuilder {
  private final String name;
  private final String says;
  private final List<Source> sources;
  private final SortedMap<String, Expectation> expectations = new TreeMap<>();
  private ScriptedSystem system = ScriptedSystem.of();

  private CaseBuilder(String name, String says, List<Source> sources) {
    this.name = name;
    this.says = says;
    this.sources = sources;
  }

  /** A case by its name, what the kernel does, and from where that is known. */
  static CaseBuilder caseOf(String name, String says, Source... sources) {
    return new CaseBuilder(name, says, List.of(sources));
  }

  /** The steps of the kernel's first program. */
  static Script entry() {
    return Script.of("user_entry");
  }

  /** A program without steps as yet. */
  static Script script(String name) {
    return Script.of(name);
  }

  /** Task {@code tid}. */
  static TaskRef tid(int tid) {
    return TaskRef.tid(tid);
  }

  /** The sender of the message that was received last. */
  static TaskRef sender() {
    return TaskRef.latestSender();
  }

  /** What runs: programs. */
  CaseBuilder programs(Script... programs) {
    List<Script> all = new ArrayList<>(List.of(programs));
    system = new ScriptedSystem(all, system.files(), system.inputs(), system.limitNanos());
    return this;
  }

  /** What else there is around the programs. */
  CaseBuilder around(UnaryOperator<ScriptedSystem> more) {
    system = more.apply(system);
    return this;
  }

  /** What must be seen on all kernels. */
  ConformanceCase both(Expectation expected) {
    AbiProfile.all().forEach(profile -> expectations.put(profile.name(), expected));
    return build();
  }

  /** What must be seen on TrainsOS, and what on the course's kernel. */
  ConformanceCase each(Expectation trainsOs, Expectation course) {
    expectations.put(AbiProfile.trainsOs().name(), trainsOs);
    expectations.put(AbiProfile.course().name(), course);
    return build();
  }

  private ConformanceCase build() {
    return new ConformanceCase(name, says, sources, system, expectations);
  }
}
