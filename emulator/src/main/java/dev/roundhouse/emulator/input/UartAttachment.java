package dev.roundhouse.emulator.input;

/** What the far end of a UART's line is. */
public record UartAttachment(InputSource input, OutputPort output) {
  /** A line with nobody at the far end. */
  public static UartAttachment unconnected() {
    return new UartAttachment(new InputSource.Nothing(), OutputPort.none());
  }
}
