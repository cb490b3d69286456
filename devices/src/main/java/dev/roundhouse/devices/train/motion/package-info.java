/** How locomotives move: their measured speeds, accelerations and stopping distances. */
@NullMarked
package dev.roundhouse.devices.train.motion;

import org.jspecify.annotations.NullMarked;
