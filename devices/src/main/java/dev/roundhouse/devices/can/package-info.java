/** The CAN bus: frames bit by bit, who sends when, and what each station learns of it. */
@NullMarked
package dev.roundhouse.devices.can;

import org.jspecify.annotations.NullMarked;
