package dev.roundhouse.cli.session;

import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.kernel.report.EndOfRun;

/** What the ends of a run mean to the user. */
public final class RunReport {
  private RunReport() {}

  /** What the command ends with: the guest's own code if it asked for one. */
  public static int exitCode(RunEnd end) {
    return switch (end) {
      case RunEnd.ByModel(EndOfRun why) -> exitCode(why).code();
      case RunEnd.NothingCanCome(), RunEnd.Rebooted(), RunEnd.Stopped() -> ExitCode.FINISHED.code();
      case RunEnd.Lost _ -> ExitCode.FAULT.code();
      case RunEnd.VirtualTimeout(), RunEnd.WallTimeout() -> ExitCode.TIMEOUT.code();
      case RunEnd.Exited(int code) -> code;
    };
  }

  private static ExitCode exitCode(EndOfRun end) {
    return switch (end) {
      case EndOfRun.Finished _, EndOfRun.Quit _ -> ExitCode.FINISHED;
      case EndOfRun.UnknownProgram _, EndOfRun.CannotLoad _ -> ExitCode.PROGRAM;
      case EndOfRun.TaskFault _, EndOfRun.BadPointer _, EndOfRun.KernelCrash _ -> ExitCode.FAULT;
      case EndOfRun.Deadlock _ -> ExitCode.DEADLOCK;
      case EndOfRun.StrictViolation _ -> ExitCode.VIOLATION;
    };
  }

  /** The end and its time, and what is known of a guest that could not go on. */
  static String closing(GuestRun run) {
    String at = " (at " + run.result().at() + ")";
    StringBuilder text = new StringBuilder(firstLine(run)).append(at);
    run.report().stream().skip(1).forEach(line -> text.append('\n').append(line));
    run.tasks().ifPresent(tasks -> tasks.lines().forEach(line -> text.append('\n').append(line)));
    return text.toString();
  }

  /** Whether a run has come to an end that a program means it to have. */
  static boolean isByItself(RunEnd end) {
    return switch (end) {
      case RunEnd.ByModel(EndOfRun.Finished finished) -> finished.waiting().isEmpty();
      case RunEnd.ByModel(EndOfRun.Quit _) -> true;
      case RunEnd.ByModel _, RunEnd.Lost _ -> false;
      case RunEnd.VirtualTimeout(), RunEnd.WallTimeout(), RunEnd.Stopped() -> false;
      case RunEnd.NothingCanCome(), RunEnd.Rebooted(), RunEnd.Exited _ -> true;
    };
  }

  /** Of a violation people have been told when it happened. */
  private static String firstLine(GuestRun run) {
    RunEnd end = run.result().end();
    if (end instanceof RunEnd.ByModel(EndOfRun why) && why instanceof EndOfRun.StrictViolation) {
      return "ended at the first contract violation (--strict)";
    }
    return run.report().isEmpty() ? end.text() : run.report().getFirst();
  }
}
