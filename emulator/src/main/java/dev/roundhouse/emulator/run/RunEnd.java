package dev.roundhouse.emulator.run;

import dev.roundhouse.kernel.report.EndOfRun;

/** Why a run is over. */
public sealed interface RunEnd {
  /** The kernel model ended it: see what it says. */
  record ByModel(EndOfRun why) implements RunEnd {}

  /** A booted kernel waits for an interrupt that cannot come. */
  record NothingCanCome() implements RunEnd {}

  /** A booted kernel asked the watchdog for a reboot, and the run is to end there. */
  record Rebooted() implements RunEnd {}

  /** A booted kernel cannot go on: what happened, in a few words. */
  record Lost(String what) implements RunEnd {}

  /** Guest code asked a debugger to end it (semihosting, SYS_EXIT) with a code of 0 to 255. */
  record Exited(int code) implements RunEnd {}

  /** The limit of virtual time was reached. */
  record VirtualTimeout() implements RunEnd {}

  /** The limit of real time was reached. */
  record WallTimeout() implements RunEnd {}

  /** The user asked for it. */
  record Stopped() implements RunEnd {}

  /** Whether a limit or the user ended it, so that more might have come. */
  default boolean isCut() {
    return switch (this) {
      case VirtualTimeout(), WallTimeout(), Stopped() -> true;
      case ByModel _, NothingCanCome(), Rebooted(), Lost _, Exited _ -> false;
    };
  }

  /** The end in a word that scripts and recordings can rely on. */
  default String word() {
    return switch (this) {
      case ByModel(EndOfRun why) -> why.word();
      case NothingCanCome() -> "finished";
      case Rebooted() -> "rebooted";
      case Lost _ -> "lost";
      case Exited _ -> "exited";
      case VirtualTimeout() -> "timeout";
      case WallTimeout() -> "wall-timeout";
      case Stopped() -> "stopped";
    };
  }

  /** The end for people; a deadlock has one line for each task that waits. */
  default String text() {
    return switch (this) {
      case ByModel(EndOfRun why) -> why.text();
      case NothingCanCome() -> "finished: the kernel waits for an interrupt that cannot come";
      case Rebooted() -> "the kernel asked for a reboot (--no-reboot)";
      case Lost(String what) -> "the kernel cannot go on: " + what;
      case Exited(int code) -> "the guest ended the run with exit code " + code;
      case VirtualTimeout() -> "the limit of virtual time (--timeout) is reached";
      case WallTimeout() -> "the limit of real time (--wall-timeout) is reached";
      case Stopped() -> "ended by hand";
    };
  }
}
