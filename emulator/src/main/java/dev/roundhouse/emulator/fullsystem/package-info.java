/**
 * Booting a whole kernel: its image, and what it may ask a debugger for. The machine that boots it
 * is {@link dev.roundhouse.emulator.machine}'s.
 */
@NullMarked
package dev.roundhouse.emulator.fullsystem;

import org.jspecify.annotations.NullMarked;
