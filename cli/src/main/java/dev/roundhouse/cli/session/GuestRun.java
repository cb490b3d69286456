package dev.roundhouse.cli.session;

import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.observe.CodePlace;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.emulator.tasks.TaskReport;
import java.util.List;
import java.util.Optional;

/**
 * A run and what is to be told of its end.
 *
 * @param result how it went
 * @param report what is known of a guest that could not go on, in lines; none for other ends
 * @param frames where the guest was that could not go on, innermost first
 * @param tasks that were left, as far as they are known; none for an end that programs mean
 */
record GuestRun(
    RunResult result, List<String> report, List<CodePlace> frames, Optional<TaskReport> tasks) {
  /** Copies the lists. */
  GuestRun {
    report = List.copyOf(report);
    frames = List.copyOf(frames);
  }

  /** What a machine left that has ended so. */
  static GuestRun leftBy(Machine machine, RunResult result) {
    Optional<TaskReport> tasks =
        switch (result.end()) {
          case RunEnd.NothingCanCome() -> machine.tasks().filter(TaskReport::hasUnanswered);
          case RunEnd end when RunReport.isByItself(end) -> Optional.empty();
          case RunEnd end when end.isCut() -> machine.tasks();
          default -> machine.tasks().map(TaskReport::withoutHistory);
        };
    return new GuestRun(result, machine.report(), machine.frames(), tasks);
  }
}
