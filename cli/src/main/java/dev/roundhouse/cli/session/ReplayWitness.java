package dev.roundhouse.cli.session;

import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.RunResult;
import dev.roundhouse.emulator.record.Replay;
import java.util.Optional;

/** Keeps what a replay's machine left for the report. */
final class ReplayWitness implements Replay.Witness {
  private final Complaints complaints;
  private Optional<GuestRun> run = Optional.empty();

  ReplayWitness(Complaints complaints) {
    this.complaints = complaints;
  }

  @Override
  public void starts(Machine machine) {
    complaints.nameTasksOf(machine.kernel());
  }

  @Override
  public void ended(Machine machine, RunResult result) {
    run = Optional.of(GuestRun.leftBy(machine, result));
  }

  /** The run, if it has come to an end of its own. */
  Optional<GuestRun> run() {
    return run;
  }
}
