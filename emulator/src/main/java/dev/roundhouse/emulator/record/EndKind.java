package dev.roundhouse.emulator.record;

import dev.roundhouse.emulator.machine.BootEnd;
import dev.roundhouse.emulator.machine.RunEnd;
import dev.roundhouse.kernel.report.EndOfRun;
import java.util.List;

/** How a run ended. The order is part of the file format. */
enum EndKind {
  FINISHED,
  QUIT,
  DEADLOCK,
  UNKNOWN_PROGRAM,
  CANNOT_LOAD,
  TASK_FAULT,
  BAD_POINTER,
  KERNEL_CRASH,
  VIOLATION,
  VIRTUAL_TIMEOUT,
  WALL_TIMEOUT,
  STOPPED,
  EXITED,
  REBOOTED,
  LOST;

  static final List<EndKind> ALL = List.of(values());

  static EndKind of(RunEnd end) {
    return switch (end) {
      case RunEnd.ByKernel(EndOfRun why) -> of(why);
      case RunEnd.VirtualTimeout() -> VIRTUAL_TIMEOUT;
      case RunEnd.WallTimeout() -> WALL_TIMEOUT;
      case RunEnd.Stopped() -> STOPPED;
      case RunEnd.Exited _ -> EXITED;
    };
  }

  private static EndKind of(EndOfRun end) {
    return switch (end) {
      case EndOfRun.Finished _ -> FINISHED;
      case EndOfRun.Quit _ -> QUIT;
      case EndOfRun.Deadlock _ -> DEADLOCK;
      case EndOfRun.UnknownProgram _ -> UNKNOWN_PROGRAM;
      case EndOfRun.CannotLoad _ -> CANNOT_LOAD;
      case EndOfRun.TaskFault _ -> TASK_FAULT;
      case EndOfRun.BadPointer _ -> BAD_POINTER;
      case EndOfRun.KernelCrash _ -> KERNEL_CRASH;
      case EndOfRun.StrictViolation _ -> VIOLATION;
    };
  }

  static EndKind of(BootEnd end) {
    return switch (end) {
      case BootEnd.Finished() -> FINISHED;
      case BootEnd.Rebooted() -> REBOOTED;
      case BootEnd.Exited _ -> EXITED;
      case BootEnd.Lost _ -> LOST;
      case BootEnd.Cut(RunEnd why) -> of(why);
    };
  }

  /** The end of a booted kernel for people. */
  static String text(BootEnd end) {
    return switch (end) {
      case BootEnd.Finished() -> "the kernel waits for an interrupt that cannot come";
      case BootEnd.Rebooted() -> "the kernel asked for a reboot";
      case BootEnd.Exited(int code) -> "the kernel ended the run with exit code " + code;
      case BootEnd.Lost(String what) -> "the kernel cannot go on: " + what;
      case BootEnd.Cut(RunEnd why) -> text(why);
    };
  }

  /** The end for people. */
  static String text(RunEnd end) {
    return switch (end) {
      case RunEnd.ByKernel(EndOfRun why) -> why.text();
      case RunEnd.VirtualTimeout() -> "the limit of virtual time was reached";
      case RunEnd.WallTimeout() -> "the limit of real time was reached";
      case RunEnd.Stopped() -> "the user ended the run";
      case RunEnd.Exited(int code) -> "a program ended the run with exit code " + code;
    };
  }
}
