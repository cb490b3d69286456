package dev.roundhouse.emulator.input;

import dev.roundhouse.devices.serial.Signal;

/** Everything that may enter a machine from outside at a time of its own choosing. */
public sealed interface ExternalInput {
  /** A byte, 0 to 255, for a UART: from a terminal, a socket or a serial port. */
  record SerialByte(int uart, int value) implements ExternalInput {}

  /** No byte will ever come again for a UART. */
  record SerialEnded(int uart) implements ExternalInput {}

  /**
   * What a line's far end says of clear to send.
   *
   * @param frames how many frames from the UART, since the start, it had taken then: while it has
   *     not taken all of them, it is not ready for another one
   */
  record ClearToSend(int uart, Signal state, long frames) implements ExternalInput {}

  /** The user wants the run to end. */
  record StopRequest() implements ExternalInput {}
}
