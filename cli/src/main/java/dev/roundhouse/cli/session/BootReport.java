package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.emulator.fullsystem.CoreReport;
import dev.roundhouse.emulator.machine.BootEnd;
import dev.roundhouse.emulator.machine.BootResult;
import dev.roundhouse.emulator.machine.RunEnd;
import dev.roundhouse.kernel.loader.SymbolTable;

/** What the ends of a booted kernel mean to the user. */
final class BootReport {
  private BootReport() {}

  /** Tells how a run of a kernel with these symbols went, and where the core is if that matters. */
  static void tell(Messages messages, BootResult result, SymbolTable symbols) {
    Tone tone = exitCode(result.end()) == ExitCode.FINISHED.code() ? Tone.ASIDE : Tone.ERROR;
    messages.say(tone, text(result.end()) + " (at " + result.at() + ")");
    if (result.end() instanceof BootEnd.Lost) {
      messages.show(Tone.PLAIN, CoreReport.of(result.core(), symbols).stripTrailing());
    } else if (result.end() instanceof BootEnd.Cut) {
      messages.show(Tone.ASIDE, CoreReport.placeOf(result.core(), symbols).stripTrailing());
    }
  }

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
