package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.device.BoardServices;

/** What the parts of a UART share. */
record UartServices(
    String name,
    BoardServices board,
    UartSettings settings,
    UartInterrupts interrupts,
    LostBytes lost) {
  long now() {
    return board.clock().nanos();
  }
}
