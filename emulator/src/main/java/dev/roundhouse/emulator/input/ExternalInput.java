package dev.roundhouse.emulator.input;

/** Everything that may enter a machine from outside at a time of its own choosing. */
public sealed interface ExternalInput {
  /** A byte, 0 to 255, for a UART: from a terminal, a socket or a serial port. */
  record SerialByte(int uart, int value) implements ExternalInput {}

  /** No byte will ever come again for a UART. */
  record SerialEnded(int uart) implements ExternalInput {}

  /** The user wants the run to end. */
  record StopRequest() implements ExternalInput {}
}
