/** A simulated train set for other software: by TCP or a pseudo-terminal, in real time. */
@NullMarked
package dev.roundhouse.emulator.trackserver;

import org.jspecify.annotations.NullMarked;
