package dev.roundhouse.devices.uart;

/** What a UART's registers say of its line. */
public interface UartSettings {
  /** Baud rate and format. */
  LineTiming timing();

  /** Whether the transmitter is on. */
  boolean transmits();

  /** Whether the receiver is on. */
  boolean receives();

  /** Whether a frame waits for clear to send before it starts. */
  boolean heedsClearToSend();

  /** Whether request to send is to be asserted as things stand. */
  boolean requestsToSend();

  /** Whether output and input, request and clear to send are joined, with the far end cut off. */
  default boolean isLooped() {
    return false;
  }
}
