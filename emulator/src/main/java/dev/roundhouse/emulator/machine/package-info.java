/**
 * A whole machine: board, kernel model and processor, and the run loop that moves time. {@link
 * dev.roundhouse.emulator.machine.Machine} is the door; one thread owns it.
 */
@NullMarked
package dev.roundhouse.emulator.machine;

import org.jspecify.annotations.NullMarked;
