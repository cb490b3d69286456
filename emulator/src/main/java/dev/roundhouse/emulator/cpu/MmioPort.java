package dev.roundhouse.emulator.cpu;

/** Where loads and stores of guest code to device addresses go. */
public interface MmioPort {
  /** A load of 1, 2, 4 or 8 bytes from a physical address. */
  long read(long address, int bytes);

  /** A store of 1, 2, 4 or 8 bytes to a physical address. */
  void write(long address, int bytes, long value);
}
