package dev.roundhouse.emulator.record;

import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.record.format.FieldReader;
import dev.roundhouse.emulator.record.format.RecordingException;

/** Reads what ran, from the chunks that only one kind of run has. */
sealed interface GuestReader permits ProgramsReader, KernelReader {
  /** Takes a chunk if it is one of these. */
  boolean takes(int type, FieldReader fields) throws RecordingException;

  /** Checks that everything is there. */
  void complete() throws RecordingException;

  /** What ran; only when it is complete. */
  Guest guest();
}
