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
   * Writes.
   *
   * @param offset from the start of the device's range, inside it
   * @param bytes 1, 2, 4 or 8
   * @param value only the low {@code bytes} bytes count
   */
  void write(int offset, int bytes, long value);
}
