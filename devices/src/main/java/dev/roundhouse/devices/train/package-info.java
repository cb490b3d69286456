/** A simulated train set: the interface box, a track, trains on it, and faults. */
@NullMarked
package dev.roundhouse.devices.train;

import org.jspecify.annotations.NullMarked;
