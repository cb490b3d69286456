package dev.roundhouse.cli.session;

import dev.roundhouse.emulator.run.RunResult;
import java.util.List;

/**
 * How a run came out for whoever started it.
 *
 * @param exitCode what the command ends with
 * @param reason in a line; of a deadlock, with a line for each task that waits
 */
record Ending(int exitCode, String reason) {
  /** By the texts that were awaited of the console, else by the run's own end. */
  static Ending of(RunResult result, TextWatch texts) {
    int own = RunReport.exitCode(result.end());
    return texts
        .verdict(own)
        .map(verdict -> new Ending(verdict.exitCode(), verdict.text()))
        .orElseGet(() -> new Ending(own, result.end().text()));
  }

  /** What is said of it: what texts decided stands for the run's own end, or before it. */
  List<String> closing(GuestRun run, TextWatch texts) {
    if (texts.hasDecided()) {
      return List.of(reason + " (at " + run.result().at() + ")");
    }
    String own = RunReport.closing(run);
    return reason.equals(run.result().end().text()) ? List.of(own) : List.of(reason, own);
  }
}
