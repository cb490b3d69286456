package dev.roundhouse.devices.uart;

/** What a UART may have an interrupt for. */
public enum UartCondition {
  /** The transmit FIFO has emptied to its level; ends when it holds more. */
  TRANSMIT_LEVEL,
  /** The receive FIFO has filled to its level; ends when it holds less. */
  RECEIVE_LEVEL,
  /** Characters wait, and none has come for a while; ends when none waits any more. */
  RECEIVE_TIMEOUT,
  /** A frame has come without its stop bit. */
  FRAMING_ERROR,
  /** A frame has come with a wrong parity bit. */
  PARITY_ERROR,
  /** The line was low for longer than a frame. */
  BREAK,
  /** A frame has come and found the receive FIFO full. */
  OVERRUN,
  /** Clear to send has changed. */
  CLEAR_TO_SEND
}
