/** The BCM2711 board: memory map, interrupt table, and how its devices are wired. */
@NullMarked
package dev.roundhouse.devices.bcm2711;

import org.jspecify.annotations.NullMarked;
