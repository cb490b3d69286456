package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.machine.BootResult;
import dev.roundhouse.emulator.machine.RunResult;

/**
 * How a recorded run ended.
 *
 * @param kind the kind of end
 * @param text the end for people
 * @param nanos virtual time
 * @param instructions that tasks had executed; since its last boot, for a booted kernel
 * @param entries system calls that tasks had made; exceptions, for a booted kernel
 */
record RecordedEnd(EndKind kind, String text, long nanos, long instructions, long entries) {
  static RecordedEnd of(RunResult result) {
    return new RecordedEnd(
        EndKind.of(result.end()),
        EndKind.text(result.end()),
        result.at().nanos(),
        result.instructions(),
        result.supervisorCalls());
  }

  static RecordedEnd of(BootResult result) {
    return new RecordedEnd(
        EndKind.of(result.end()),
        EndKind.text(result.end()),
        result.at().nanos(),
        result.instructions(),
        result.core().exceptionsTaken());
  }

  /** The end in one line for a comparison. */
  String summary() {
    return "%s, at %s after %d instructions and %d entries of the kernel"
        .formatted(text, new VirtualTime(nanos), instructions, entries);
  }
}
