package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.machine.BootResult;
import dev.roundhouse.emulator.machine.RunResult;
import dev.roundhouse.emulator.record.Divergence;
import dev.roundhouse.emulator.record.ReplayOutcome;
import dev.roundhouse.kernel.loader.SymbolTable;
import java.util.Optional;

/**
 * Says what came of a replay.
 *
 * @param recordedOn the engine library of the run
 * @param replayedOn the engine library of the replay
 */
record ReplayReport(Messages messages, String recordedOn, String replayedOn) {
  /**
   * Says it of programs, and how the command ends.
   *
   * @param run what is to be told of the run if it was the same to its end
   */
  int tell(ReplayOutcome outcome, Optional<GuestRun> run) {
    if (outcome instanceof ReplayOutcome.Identical(RunResult result, long _)) {
      int exitCode = RunReport.exitCode(result.end());
      Tone tone = exitCode == ExitCode.FINISHED.code() ? Tone.ASIDE : Tone.ERROR;
      run.ifPresent(whole -> messages.say(tone, RunReport.closing(whole)));
    }
    return tell(outcome);
  }

  /** Says it of a booted kernel with these symbols, and how the command ends. */
  int tell(ReplayOutcome outcome, SymbolTable symbols) {
    if (outcome instanceof ReplayOutcome.IdenticalBoot(BootResult result, long _)) {
      BootReport.tell(messages, result, symbols);
    }
    return tell(outcome);
  }

  private int tell(ReplayOutcome outcome) {
    return switch (outcome) {
      case ReplayOutcome.Identical(RunResult result, long events) -> {
        messages.say(Tone.ASIDE, replayed(result.at(), events) + ": identical");
        yield RunReport.exitCode(result.end());
      }
      case ReplayOutcome.IdenticalBoot(BootResult result, long events) -> {
        messages.say(Tone.ASIDE, replayed(result.at(), events) + ": identical");
        yield BootReport.exitCode(result.end());
      }
      case ReplayOutcome.IdenticalUntilCut(VirtualTime until, long events) -> {
        messages.say(
            Tone.ASIDE,
            replayed(until, events) + ": identical up to where the recording is cut off");
        yield ExitCode.FINISHED.code();
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
