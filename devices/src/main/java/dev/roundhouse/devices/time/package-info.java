/** Virtual time: the clock of a machine and the agenda of what falls due on it. */
@NullMarked
package dev.roundhouse.devices.time;

import org.jspecify.annotations.NullMarked;
