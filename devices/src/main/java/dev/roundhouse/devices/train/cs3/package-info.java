/**
 * The Märklin Central Station 3 on CAN, by "CAN CS2 Protokoll 2.0": what its frames mean, and what
 * it does.
 */
@NullMarked
package dev.roundhouse.devices.train.cs3;

import org.jspecify.annotations.NullMarked;
