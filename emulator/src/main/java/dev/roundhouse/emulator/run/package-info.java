/**
 * How a run goes: when guest code is left for outside input, real time, limits and pauses, how time
 * moves, and how the run ends.
 */
@NullMarked
package dev.roundhouse.emulator.run;

import org.jspecify.annotations.NullMarked;
