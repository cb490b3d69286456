package dev.roundhouse.devices.serial;

/**
 * A UART as a far end sees it that has its own timing and drives the modem lines. Called on the
 * machine's thread only.
 */
public interface UartPort {
  /** The start bit of a frame has begun; it is received later. */
  default void frameBegins(SerialFormat sentAs) {}

  /**
   * A frame has arrived: its receiver is in the middle of the first stop bit, now. In another
   * format than the UART's it gives what sampling the line gives.
   *
   * @param value 0 to 255
   */
  void receiveFrame(int value, SerialFormat sentAs);

  /** Drives the clear-to-send input. */
  void setCts(Signal state);

  /** The format in which the UART sends. */
  SerialFormat format();
}
