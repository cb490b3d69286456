/**
 * The one door by which anything from outside enters a machine: key strokes, bytes of serial lines,
 * a user's wish to stop. What enters is stamped with virtual time and can be recorded; a replay
 * puts the same things through the same door at the same times.
 */
@NullMarked
package dev.roundhouse.emulator.input;

import org.jspecify.annotations.NullMarked;
