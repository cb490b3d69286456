package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunResult;

/**
 * How a recorded run ended.
 *
 * @param word the end as {@code --json} has it
 * @param text the end for people
 * @param nanos virtual time
 * @param instructions that were executed; since its last boot, for a booted kernel
 * @param entries system calls that tasks had made; exceptions, for a booted kernel
 */
record RecordedEnd(String word, String text, long nanos, long instructions, long entries) {
  private static final String VIRTUAL_TIMEOUT = new RunEnd.VirtualTimeout().word();
  private static final String WALL_TIMEOUT = new RunEnd.WallTimeout().word();

  static RecordedEnd of(RunResult result) {
    return new RecordedEnd(
        result.end().word(),
        result.end().text(),
        result.at().nanos(),
        result.instructions(),
        result.kernelEntries());
  }

  boolean wasVirtualTimeout() {
    return word.equals(VIRTUAL_TIMEOUT);
  }

  boolean wasWallTimeout() {
    return word.equals(WALL_TIMEOUT);
  }

  /** The end in one line for a comparison. */
  String summary() {
    return "%s, at %s after %d instructions and %d entries of the kernel"
        .formatted(text, new VirtualTime(nanos), instructions, entries);
  }
}
