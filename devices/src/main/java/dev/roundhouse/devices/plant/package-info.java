/** Plants: what programs steer by the board's pins, as simulations in virtual time. */
@NullMarked
package dev.roundhouse.devices.plant;

import org.jspecify.annotations.NullMarked;
