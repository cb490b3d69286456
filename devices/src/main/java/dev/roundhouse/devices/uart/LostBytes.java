package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.trace.Warnings;

/** Tells the user, once for each direction, that a UART has lost bytes to a full FIFO. */
public final class LostBytes {
  private final Warnings warnings;
  private final String uart;
  private final Advice advice;
  private boolean warnedOfTransmission;
  private boolean warnedOfReception;

  /**
   * What to do about it, in terms of the UART's own registers.
   *
   * @param onTransmission such as {@code wait for FR.TXFF = 0}
   * @param onReception such as {@code read DR until FR.RXFE = 1}
   */
  public record Advice(String onTransmission, String onReception) {}

  /** For the UART of this name. */
  public LostBytes(Warnings warnings, String uart, Advice advice) {
    this.warnings = warnings;
    this.uart = uart;
    this.advice = advice;
  }

  /** A byte was written to a full FIFO. */
  public void onTransmission() {
    if (!warnedOfTransmission) {
      warnedOfTransmission = true;
      warn("a byte written to a full transmit FIFO is lost: " + advice.onTransmission);
    }
  }

  /** A byte has come to a full FIFO. */
  public void onReception() {
    if (!warnedOfReception) {
      warnedOfReception = true;
      warn("a byte received while the receive FIFO is full is lost: " + advice.onReception);
    }
  }

  private void warn(String what) {
    warnings.warn(uart, what);
  }
}
