/**
 * Recordings: files that hold all that made a run what it was, and replays, which check that the
 * same comes of it. {@link dev.roundhouse.emulator.record.Recorder} writes one while a machine
 * runs; {@link dev.roundhouse.emulator.record.Recording} is what was read back, and {@link
 * dev.roundhouse.emulator.record.Replay} runs it again.
 */
@NullMarked
package dev.roundhouse.emulator.record;

import org.jspecify.annotations.NullMarked;
