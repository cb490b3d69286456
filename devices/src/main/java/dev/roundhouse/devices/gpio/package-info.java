/** GPIO pins: functions, levels, edge detection. */
@NullMarked
package dev.roundhouse.devices.gpio;

import org.jspecify.annotations.NullMarked;
