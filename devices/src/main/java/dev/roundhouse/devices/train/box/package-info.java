/** The Märklin 6050/6051 interface box: command bytes in, sensor bytes and clear to send out. */
@NullMarked
package dev.roundhouse.devices.train.box;

import org.jspecify.annotations.NullMarked;
