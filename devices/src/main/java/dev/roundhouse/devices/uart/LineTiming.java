package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.serial.SerialFormat;

/** The baud rate and the format of frames, as a UART's registers set them. */
public interface LineTiming {
  /** Frames without a character after which most receivers time out. */
  int TIMEOUT_FRAMES = 4;

  /** Whether there is a baud rate. */
  boolean hasRate();

  /** The format of frames; the last one, or the consoles', while there is no rate. */
  SerialFormat format();

  /** The time of a frame. */
  long frameNanos();

  /** The time from a frame's start to the middle of its first stop bit. */
  default long heardNanos() {
    return format().heard(frameNanos());
  }

  /** The time without a frame after which the receiver times out. */
  default long timeoutNanos() {
    return TIMEOUT_FRAMES * frameNanos();
  }
}
