/**
 * The registers and exceptions of a core in the engine: read and written in its structures, where
 * its interface does not show them.
 */
@NullMarked
package dev.roundhouse.emulator.unicorn.core;

import org.jspecify.annotations.NullMarked;
