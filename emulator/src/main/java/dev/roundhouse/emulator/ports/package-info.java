/**
 * What a processor reaches outside of its RAM: devices, the core's own timers and counters, and
 * polls of them.
 */
@NullMarked
package dev.roundhouse.emulator.ports;

import org.jspecify.annotations.NullMarked;
