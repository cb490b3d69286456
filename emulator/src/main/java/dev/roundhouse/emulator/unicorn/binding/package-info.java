/**
 * The engine as a library, and what both processors are built of. {@link
 * dev.roundhouse.emulator.unicorn.binding.LibUnicorn} has one method for each C function, and
 * {@link dev.roundhouse.emulator.unicorn.binding.BlockCounter} counts instructions in machine code.
 */
@NullMarked
package dev.roundhouse.emulator.unicorn.binding;

import org.jspecify.annotations.NullMarked;
