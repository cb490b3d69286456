package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.trace.Warnings;

/**
 * Tells the user, once of each kind, that bytes do not go where they should: that a UART has lost
 * them to a full FIFO, or keeps them because it is off.
 */
public final class LostBytes {
  private final Warnings warnings;
  private final String uart;
  private final Advice advice;
  private boolean warnedOfTransmission;
  private boolean warnedOfReception;
  private boolean warnedOfBeingOff;

  /**
   * What to do about it, in terms of the UART's own registers.
   *
   * @param onTransmission such as {@code wait for FR.TXFF = 0}
   * @param onReception such as {@code read DR until FR.RXFE = 1}
   * @param onBeingOff such as {@code set bit 1 of AUX_MU_CNTL}
   */
  public record Advice(String onTransmission, String onReception, String onBeingOff) {}

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

  /** A byte was written although the transmitter is off or has no baud rate. */
  public void onBeingOff() {
    if (!warnedOfBeingOff) {
      warnedOfBeingOff = true;
      warn("a byte written while the UART is not enabled does not leave: " + advice.onBeingOff);
    }
  }

  private void warn(String what) {
    warnings.warn(uart, what);
  }
}
