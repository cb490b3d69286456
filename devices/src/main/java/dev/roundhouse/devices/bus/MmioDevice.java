package dev.roundhouse.devices.bus;

/** A device with registers in the address space. */
public interface MmioDevice {
  /**
   * Reads.
   *
   * @param offset from the start of the device's range, inside it
   * @param bytes 1, 2, 4 or 8
   * @return the value, zero-extended
   */
  long read(int offset, int bytes);

  /**
   * Until when reads at {@code offset} that follow one at {@code nowNanos} give the same value, and
   * from the third on do nothing, unless an alarm falls due, something is written, or input comes
   * in before.
   *
   * @param offset from the start of the device's range, inside it
   * @return nanoseconds of virtual time; {@code nowNanos} where nothing can be said
   */
  default long steadyUntil(int offset, long nowNanos) {
    return nowNanos;
  }

  /**
   * Writes.
   *
   * @param offset from the start of the device's range, inside it
   * @param bytes 1, 2, 4 or 8
   * @param value only the low {@code bytes} bytes count
   */
  void write(int offset, int bytes, long value);
}
