package dev.roundhouse.cli;

import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.map.MapScreen;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.ExtrasOptions;
import dev.roundhouse.cli.options.LineOptions;
import dev.roundhouse.cli.options.MapOption;
import dev.roundhouse.cli.options.RunOptions;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.machine.Guest;
import java.util.Optional;

/** What the options say that all runs share, whatever the guest is. */
record PlannedRun(
    LineOptions ends,
    MapOption map,
    ExtrasOptions board,
    RunOptions course,
    Optional<RunPlan.Debugging> debugging) {
  /**
   * Runs a guest so, to its end.
   *
   * @return how it went
   */
  Session.Outcome run(CommandContext context, Guest guest) throws UserError {
    if (course.isSourceTraced() && course.outputs().trace().isEmpty()) {
      context.messages().say(Tone.WARNING, "--trace-source does nothing without --trace FILE");
    }
    RunPlan plan =
        new RunPlan(
            course.engine(),
            guest,
            ends.lines(),
            course.pace(),
            course.outputs(),
            board.extras(),
            debugging);
    try (MapScreen screen = map.open(context)) {
      return new Session(context.standard(), context.messages(), context.environment())
          .run(screen == null ? plan : plan.shownOn(screen));
    }
  }
}
