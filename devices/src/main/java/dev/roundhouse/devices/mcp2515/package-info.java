/** The MCP2515, a CAN controller on an SPI bus (Microchip data sheet DS20001801J). */
@NullMarked
package dev.roundhouse.devices.mcp2515;

import org.jspecify.annotations.NullMarked;
