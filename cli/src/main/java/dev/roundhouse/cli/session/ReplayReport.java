package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.record.Divergence;
import dev.roundhouse.emulator.record.Replay;
import dev.roundhouse.emulator.record.ReplayOutcome;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunResult;
import java.util.Optional;
import java.util.function.Consumer;

/** Says what came of a replay. */
final class ReplayReport implements Replay.Observer {
  private final Messages messages;
  private final String recordedOn;
  private final String replayedOn;
  private final Diagnostics complaints;
  private Optional<GuestRun> run = Optional.empty();
  private Consumer<Machine> onStart = machine -> {};

  /**
   * A report of one replay.
   *
   * @param recordedOn the engine library of the run
   * @param replayedOn the engine library of the replay
   */
  ReplayReport(Messages messages, String recordedOn, String replayedOn, Diagnostics complaints) {
    this.messages = messages;
    this.recordedOn = recordedOn;
    this.replayedOn = replayedOn;
    this.complaints = complaints;
  }

  /** Has {@code action} hear of the machine when it is about to run. */
  void whenItStarts(Consumer<Machine> action) {
    onStart = action;
  }

  @Override
  public void starts(Machine machine) {
    onStart.accept(machine);
    complaints.nameTasksOf(machine);
  }

  @Override
  public void ended(Machine machine, RunResult result) {
    run = Optional.of(GuestRun.leftBy(machine, result));
  }

  /** Says it, and how the command ends. */
  int tell(ReplayOutcome outcome) {
    return switch (outcome) {
      case ReplayOutcome.Identical(RunResult result, long events) -> {
        int exitCode = RunReport.exitCode(result.end());
        Tone tone = exitCode == ExitCode.FINISHED.code() ? Tone.ASIDE : Tone.ERROR;
        run.ifPresent(whole -> messages.say(tone, RunReport.closing(whole)));
        messages.say(Tone.ASIDE, replayed(result.at(), events) + ": identical");
        yield exitCode;
      }
      case ReplayOutcome.IdenticalUntilCut(VirtualTime until, long events) -> {
        messages.say(
            Tone.ASIDE,
            replayed(until, events) + ": identical up to where the recording is cut off");
        yield ExitCode.FINISHED.code();
      }
      case ReplayOutcome.IdenticalUntilTimeout(VirtualTime until, long events) -> {
        RunEnd end = new RunEnd.WallTimeout();
        messages.say(
            Tone.ERROR, end.text() + "; " + replayed(until, events) + ": identical so far");
        yield RunReport.exitCode(end);
      }
      case ReplayOutcome.Different(Divergence difference) -> {
        messages.say(Tone.ERROR, difference.text() + engines());
        yield ExitCode.DIFFERENT.code();
      }
    };
  }

  private static String replayed(VirtualTime until, long events) {
    return "replayed " + until + " of virtual time, " + events + " events";
  }

  private String engines() {
    return recordedOn.equals(replayedOn)
        ? ""
        : "\n  recorded on " + recordedOn + "\n  replayed on " + replayedOn;
  }
}
