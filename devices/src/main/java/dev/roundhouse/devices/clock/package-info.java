/** The clock manager. */
@NullMarked
package dev.roundhouse.devices.clock;

import org.jspecify.annotations.NullMarked;
