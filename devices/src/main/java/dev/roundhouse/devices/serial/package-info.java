/** The far end of a serial line and the format of its frames. */
@NullMarked
package dev.roundhouse.devices.serial;

import org.jspecify.annotations.NullMarked;
