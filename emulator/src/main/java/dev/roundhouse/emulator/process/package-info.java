/** The process that a machine runs in: how it ends, its threads, terminal and messages. */
@NullMarked
package dev.roundhouse.emulator.process;

import org.jspecify.annotations.NullMarked;
