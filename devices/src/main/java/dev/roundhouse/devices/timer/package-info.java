/** The system timer, the generic timer, and the watchdog. */
@NullMarked
package dev.roundhouse.devices.timer;

import org.jspecify.annotations.NullMarked;
