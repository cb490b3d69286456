/** What locomotives do, estimated from what passed on the line to a box, and from nothing else. */
@NullMarked
package dev.roundhouse.devices.train.calibration;

import org.jspecify.annotations.NullMarked;
