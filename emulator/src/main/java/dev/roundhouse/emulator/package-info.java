/** The machine around board and kernel model. */
@NullMarked
package dev.roundhouse.emulator;

import org.jspecify.annotations.NullMarked;
