/**
 * Unicorn 2 bound by the Foreign Function and Memory API. The only package that knows the engine;
 * not exported.
 *
 * <p>{@link dev.roundhouse.emulator.unicorn.LibUnicorn} has one method for each C function, {@link
 * dev.roundhouse.emulator.unicorn.UnicornCpu} is the processor built of them, and {@link
 * dev.roundhouse.emulator.unicorn.BlockCounter} counts instructions in machine code.
 */
@NullMarked
package dev.roundhouse.emulator.unicorn;

import org.jspecify.annotations.NullMarked;
