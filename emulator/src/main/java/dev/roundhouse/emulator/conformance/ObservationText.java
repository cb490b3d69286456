package dev.roundhouse.emulator.conformance;

import dev.roundhouse.emulator.conformance.cases.Expectation;
import dev.roundhouse.emulator.conformance.script.Observation;
import dev.roundhouse.emulator.conformance.script.Observation.EndState;
import dev.roundhouse.emulator.conformance.script.Observation.Entry;
import dev.roundhouse.emulator.conformance.script.Observation.TaskSeen;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.emulator.conformance.script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was seen of a run, in a few words for each thing. */
final class ObservationText {
  private static final int NAME_SERVER = 2;

  private final ScriptedSystem system;
  private final Observation seen;

  ObservationText(ScriptedSystem system, Observation seen) {
    this.system = system;
    this.seen = seen;
  }

  /**
   * Who entered the kernel, in order: a tid for a system call, {@code L3} for the call of task 3's
   * loader, {@code 4!3,5} for an interrupt of task 4 that wakes 3 and 5.
   */
  String order(Expectation.Detail detail) {
    boolean hidesNameServer =
        detail == Expectation.Detail.CALLS
            && system.programs().contains(ScriptedSystem.NAME_SERVER);
    List<String> words = new ArrayList<>();
    for (Entry entry : seen.order()) {
      switch (entry) {
        case Entry.Loading(int tid) -> {
          if (detail == Expectation.Detail.ALL_ENTRIES) {
            words.add("L" + tid);
          }
        }
        case Entry.Called(int tid, int _) -> {
          if (!(hidesNameServer && tid == NAME_SERVER)) {
            words.add(Integer.toString(tid));
          }
        }
        case Entry.Interrupted interrupt ->
            words.add(
                interrupt.woken().stream()
                    .map(woken -> Integer.toString(woken.tid()))
                    .collect(Collectors.joining(",", interrupt.tid() + "!", "")));
      }
    }
    return String.join(" ", words);
  }

  /** The steps that a task began, but for those that have no result by their nature. */
  List<String> steps(TaskSeen task) {
    Optional<Script> script = system.program(task.program());
    List<String> texts = new ArrayList<>();
    for (int index = 0; index < task.steps().size(); index++) {
      Step step = script.orElseThrow().steps().get(index);
      StepText.of(step, task.step(index)).ifPresent(texts::add);
    }
    return texts;
  }

  /** What a task did at the end. */
  static String state(EndState state) {
    return switch (state) {
      case EndState.CouldRun() -> "could-run";
      case EndState.SendBlocked(int to) -> "send-blocked on " + to;
      case EndState.ReceiveBlocked() -> "receive-blocked";
      case EndState.ReplyBlocked(int by) -> "reply-blocked on " + by;
      case EndState.EventBlocked(int event) -> "event-blocked on " + event;
      case EndState.NeverStarted() -> "never-started";
      case EndState.Lost() -> "lost";
      case EndState.Exited() -> Expectation.EXITED;
    };
  }

  /** The rules that were broken, in order: tid and rule. */
  List<String> reports() {
    return seen.reports().stream()
        .map(report -> report.tid() + " " + report.rule().name())
        .toList();
  }
}
