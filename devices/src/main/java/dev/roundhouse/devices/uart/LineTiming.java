package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.serial.SerialFormat;

/** How a UART's registers set up its line. */
public interface LineTiming {
  /** Whether there is a baud rate. */
  boolean hasRate();

  /** The format of frames; only if there is a rate. */
  SerialFormat format();

  /** The time of a frame. */
  long frameNanos();

  /** The time from a frame's start to the middle of its first stop bit. */
  default long heardNanos() {
    return format().heard(frameNanos());
  }

  /** The time without a frame after which the receiver times out. */
  long timeoutNanos();
}
