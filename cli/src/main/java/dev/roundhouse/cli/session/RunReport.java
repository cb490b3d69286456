package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.emulator.machine.RunEnd;
import dev.roundhouse.kernel.report.EndOfRun;

/** What the ends of a run mean to the user. */
public final class RunReport {
  private RunReport() {}

  /** What the command ends with: a program's own code if it asked for one. */
  public static int exitCode(RunEnd end) {
    return switch (end) {
      case RunEnd.ByKernel(EndOfRun why) -> exitCode(why).code();
      case RunEnd.VirtualTimeout(), RunEnd.WallTimeout() -> ExitCode.TIMEOUT.code();
      case RunEnd.Stopped() -> ExitCode.FINISHED.code();
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

  /** The end in a word that scripts can rely on. */
  public static String word(RunEnd end) {
    return switch (end) {
      case RunEnd.ByKernel(EndOfRun why) -> word(why);
      case RunEnd.VirtualTimeout() -> "timeout";
      case RunEnd.WallTimeout() -> "wall-timeout";
      case RunEnd.Stopped() -> "stopped";
      case RunEnd.Exited _ -> "exited";
    };
  }

  private static String word(EndOfRun end) {
    return switch (end) {
      case EndOfRun.Finished _ -> "finished";
      case EndOfRun.Quit _ -> "quit";
      case EndOfRun.UnknownProgram _ -> "unknown-program";
      case EndOfRun.CannotLoad _ -> "cannot-load";
      case EndOfRun.TaskFault _ -> "fault";
      case EndOfRun.BadPointer _ -> "bad-pointer";
      case EndOfRun.KernelCrash _ -> "kernel-crash";
      case EndOfRun.Deadlock _ -> "deadlock";
      case EndOfRun.StrictViolation _ -> "violation";
    };
  }

  /** The end for people. */
  public static String text(RunEnd end) {
    return switch (end) {
      case RunEnd.ByKernel(EndOfRun why) -> why.text();
      case RunEnd.VirtualTimeout() -> "the limit of virtual time (--timeout) is reached";
      case RunEnd.WallTimeout() -> "the limit of real time (--wall-timeout) is reached";
      case RunEnd.Stopped() -> "ended by Ctrl-A x";
      case RunEnd.Exited(int code) -> "a program ended the run with exit code " + code;
    };
  }

  /** The end and its time, and what is known of a task that could not go on. */
  static String closing(GuestRun run) {
    String at = " (at " + run.result().at() + ")";
    if (run.report().isEmpty()) {
      return closingText(run.result().end()) + at;
    }
    StringBuilder text = new StringBuilder(firstLine(run)).append(at);
    run.report().stream().skip(1).forEach(line -> text.append('\n').append(line));
    return text.toString();
  }

  private static String firstLine(GuestRun run) {
    return isStrictViolation(run.result().end())
        ? closingText(run.result().end())
        : run.report().getFirst();
  }

  /** The end for people who have been told of violations when they happened. */
  static String closingText(RunEnd end) {
    return isStrictViolation(end) ? "ended at the first contract violation (--strict)" : text(end);
  }

  private static boolean isStrictViolation(RunEnd end) {
    return end instanceof RunEnd.ByKernel(EndOfRun why) && why instanceof EndOfRun.StrictViolation;
  }
}
