/**
 * A machine on a test bench: it stops where a test wants to look, hears what a test types, keeps
 * what happened, and can write a recording of all that afterwards. {@link
 * dev.roundhouse.emulator.testing.TestMachine} is the door; one thread owns it.
 */
@NullMarked
package dev.roundhouse.emulator.testing;

import org.jspecify.annotations.NullMarked;
