/** What a terminal shows of what a serial line has sent. */
@NullMarked
package dev.roundhouse.emulator.screen;

import org.jspecify.annotations.NullMarked;
