/**
 * What the run loop sees of the processor, whichever engine executes the code: registers, an
 * instruction budget, and the traps that guest code takes.
 */
@NullMarked
package dev.roundhouse.emulator.cpu;

import org.jspecify.annotations.NullMarked;
