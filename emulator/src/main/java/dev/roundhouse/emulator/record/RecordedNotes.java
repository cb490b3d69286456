package dev.roundhouse.emulator.record;

/**
 * What a recording says about its run beyond what makes the run.
 *
 * @param console the UART whose output is the run's output
 * @param engine the engine library and its version; another one may translate in other blocks, and
 *     then interrupts come at other instructions
 */
public record RecordedNotes(int console, String engine) {}
