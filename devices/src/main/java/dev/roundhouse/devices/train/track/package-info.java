/** The track in motion: trains on edges, turnouts, sensors and what goes wrong. */
@NullMarked
package dev.roundhouse.devices.train.track;

import org.jspecify.annotations.NullMarked;
