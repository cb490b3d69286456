package dev.roundhouse.junit;

import dev.roundhouse.emulator.machine.RunEnd;
import dev.roundhouse.kernel.report.EndOfRun;

/** How runs end, in words. */
final class Endings {
  private Endings() {}

  static String text(RunEnd end) {
    return end instanceof RunEnd.ByKernel(EndOfRun why) ? why.text() : end.toString();
  }
}
