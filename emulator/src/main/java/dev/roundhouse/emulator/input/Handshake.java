package dev.roundhouse.emulator.input;

/** Whether a live peer drives the UART's clear-to-send input. */
public enum Handshake {
  /** It has no such line: clear to send is always asserted. */
  NONE,
  /**
   * It is withdrawn in the stop bit of each frame from the UART, and comes back by {@link
   * ExternalInput.ClearToSend} when the far end has taken it and is ready for the next one.
   */
  BY_BYTE
}
