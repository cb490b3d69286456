/** The BCM2711 board: memory map, interrupt table and its devices. */
@NullMarked
package dev.roundhouse.devices.bcm2711;

import org.jspecify.annotations.NullMarked;
