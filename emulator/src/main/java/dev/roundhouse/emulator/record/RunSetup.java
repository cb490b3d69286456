package dev.roundhouse.emulator.record;

import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.Extras;
import dev.roundhouse.emulator.machine.Guest;
import java.util.Map;

/**
 * What a run is made of, as far as a recording has it.
 *
 * @param lines what is at the far end of each serial line, by number
 * @param virtualLimitNanos when the run ends at the latest
 */
record RunSetup(
    Guest guest,
    Map<Integer, UartAttachment> lines,
    long virtualLimitNanos,
    Extras extras,
    RecordedNotes notes) {
  /** What is at a line's far end. */
  UartAttachment line(int number) {
    return lines.getOrDefault(number, UartAttachment.unconnected());
  }
}
