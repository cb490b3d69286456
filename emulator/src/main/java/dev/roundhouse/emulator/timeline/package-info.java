/** Traces read back, and what is made of them: lines, statistics, timelines for other tools. */
@NullMarked
package dev.roundhouse.emulator.timeline;

import org.jspecify.annotations.NullMarked;
