/** UARTs: what all have in common, the PL011, and the mini UART. */
@NullMarked
package dev.roundhouse.devices.uart;

import org.jspecify.annotations.NullMarked;
