package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.emulator.machine.BootEnd;
import dev.roundhouse.emulator.machine.RunEnd;

/** What the ends of a booted kernel mean to the user. */
final class BootReport {
  private BootReport() {}

  static int exitCode(BootEnd end) {
    return switch (end) {
      case BootEnd.Finished() -> ExitCode.FINISHED.code();
      case BootEnd.Rebooted() -> ExitCode.FINISHED.code();
      case BootEnd.Exited(int code) -> code;
      case BootEnd.Lost(String _) -> ExitCode.FAULT.code();
      case BootEnd.Cut(RunEnd why) -> RunReport.exitCode(why);
    };
  }

  static String text(BootEnd end) {
    return switch (end) {
      case BootEnd.Finished() -> "finished: the kernel waits for an interrupt that cannot come";
      case BootEnd.Rebooted() -> "the kernel asked for a reboot (--no-reboot)";
      case BootEnd.Exited(int code) -> "the kernel ended the run with exit code " + code;
      case BootEnd.Lost(String what) -> "the kernel cannot go on: " + what;
      case BootEnd.Cut(RunEnd why) -> RunReport.text(why);
    };
  }

  static String word(BootEnd end) {
    return switch (end) {
      case BootEnd.Finished() -> "finished";
      case BootEnd.Rebooted() -> "rebooted";
      case BootEnd.Exited(int _) -> "exited";
      case BootEnd.Lost(String _) -> "lost";
      case BootEnd.Cut(RunEnd why) -> RunReport.word(why);
    };
  }
}
