/** Interrupt lines between devices and the interrupt controller. */
@NullMarked
package dev.roundhouse.devices.irq;

import org.jspecify.annotations.NullMarked;
