/** The auxiliary block, in which the mini UART, SPI1 and SPI2 are. */
@NullMarked
package dev.roundhouse.devices.auxiliary;

import org.jspecify.annotations.NullMarked;
