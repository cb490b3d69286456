package dev.roundhouse.cli.session;

import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.run.RunResult;
import java.util.List;

/**
 * A run and what is to be told of its end.
 *
 * @param result how it went
 * @param report what is known of a guest that could not go on, in lines; none for other ends
 */
record GuestRun(RunResult result, List<String> report) {
  /** Copies the report. */
  GuestRun {
    report = List.copyOf(report);
  }

  /** What a machine left that has ended so. */
  static GuestRun leftBy(Machine machine, RunResult result) {
    return new GuestRun(result, machine.report());
  }
}
