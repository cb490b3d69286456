package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.machine.RunResult;

/**
 * How a recorded run ended.
 *
 * @param kind the kind of end
 * @param text the end for people
 * @param nanos virtual time
 * @param instructions that tasks had executed
 * @param supervisorCalls that tasks had made
 */
record RecordedEnd(EndKind kind, String text, long nanos, long instructions, long supervisorCalls) {
  static RecordedEnd of(RunResult result) {
    return new RecordedEnd(
        EndKind.of(result.end()),
        EndKind.text(result.end()),
        result.at().nanos(),
        result.instructions(),
        result.supervisorCalls());
  }

  /** The end in one line for a comparison. */
  String summary() {
    return "%s, at %s after %d instructions and %d system calls"
        .formatted(text, new VirtualTime(nanos), instructions, supervisorCalls);
  }
}
