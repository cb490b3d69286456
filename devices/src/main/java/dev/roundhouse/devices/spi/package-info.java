/** The auxiliary SPI, and the SC16IS752 dual UART behind it. */
@NullMarked
package dev.roundhouse.devices.spi;

import org.jspecify.annotations.NullMarked;
