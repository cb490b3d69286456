package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.emulator.debugger.Debugger;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.record.ReplayOutcome;
import dev.roundhouse.emulator.run.Pause;
import dev.roundhouse.emulator.run.RunResult;
import java.util.Optional;
import java.util.function.Function;

/** A replay that somebody looks into: its real time has no limit, and nothing can be changed. */
record DebuggedReplay(RunPlan.Debugging debugging, Messages messages) {
  /** Something that runs a machine's course. */
  interface Course {
    ReplayOutcome runBy(Function<Machine, RunResult> course);
  }

  /**
   * Runs it with whoever attaches.
   *
   * @throws UserError when nobody can attach
   */
  ReplayOutcome run(Course replay) throws UserError {
    var terms = new Debugger.Terms(debugging.start(), Debugger.Access.READ, RunReport::exitCode);
    try (Debugger debugger =
        Debugger.listen(debugging.port(), terms, line -> messages.say(Messages.Tone.ASIDE, line))) {
      return replay.runBy(machine -> course(machine, debugger));
    } catch (HostFailure e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private RunResult course(Machine machine, Debugger debugger) {
    Optional<RunResult> end =
        debugging.at().flatMap(at -> machine.runUntil(new Pause(at.toNanos(), () -> false)));
    return end.orElseGet(() -> debugger.run(machine));
  }
}
