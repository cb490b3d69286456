package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.emulator.machine.RunEnd;
import dev.roundhouse.kernel.report.EndOfRun;

/** What the ends of a run mean to the user. */
final class RunReport {
  private RunReport() {}

  static ExitCode exitCode(RunEnd end) {
    return switch (end) {
      case RunEnd.ByKernel(EndOfRun why) -> exitCode(why);
      case RunEnd.VirtualTimeout() -> ExitCode.TIMEOUT;
      case RunEnd.WallTimeout() -> ExitCode.TIMEOUT;
      case RunEnd.Stopped() -> ExitCode.FINISHED;
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
  static String word(RunEnd end) {
    return switch (end) {
      case RunEnd.ByKernel(EndOfRun why) -> word(why);
      case RunEnd.VirtualTimeout() -> "timeout";
      case RunEnd.WallTimeout() -> "wall-timeout";
      case RunEnd.Stopped() -> "stopped";
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
  static String text(RunEnd end) {
    return switch (end) {
      case RunEnd.ByKernel(EndOfRun why) -> why.text();
      case RunEnd.VirtualTimeout() -> "the limit of virtual time (--timeout) is reached";
      case RunEnd.WallTimeout() -> "the limit of real time (--wall-timeout) is reached";
      case RunEnd.Stopped() -> "ended by Ctrl-A x";
    };
  }

  /** The end for people who have been told of violations when they happened. */
  static String closingText(RunEnd end) {
    boolean isTold =
        end instanceof RunEnd.ByKernel(EndOfRun why) && why instanceof EndOfRun.StrictViolation;
    return isTold ? "ended at the first contract violation (--strict)" : text(end);
  }
}
