/**
 * The processor of {@code boot}: a whole core, and a class for each thing that the engine does not
 * do or does otherwise than the chip.
 */
@NullMarked
package dev.roundhouse.emulator.unicorn.system;

import org.jspecify.annotations.NullMarked;
