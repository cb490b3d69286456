package dev.roundhouse.devices.bus;

/**
 * A range of guest-physical addresses. Addresses are 64-bit and may come from a guest: all checks
 * are safe against overflow.
 *
 * @param start first address, not negative
 * @param length bytes, not negative; start + length does not overflow
 */
public record AddressRange(long start, long length) {
  /** Checks that the range does not wrap. */
  public AddressRange {
    if (start < 0 || length < 0 || start > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException(
          "not an address range: 0x%x, %d bytes".formatted(start, length));
    }
  }

  /** The first address behind the range. */
  public long end() {
    return start + length;
  }

  /** Whether {@code address} lies in the range. */
  public boolean contains(long address) {
    return address >= start && address - start < length;
  }

  /**
   * Whether {@code bytes} bytes from {@code address} lie in the range. None at all do if the
   * address lies in the range or just behind it.
   */
  public boolean contains(long address, long bytes) {
    return address >= start && bytes >= 0 && address - start <= length - bytes && bytes <= length;
  }

  /** Whether the two ranges share an address. */
  public boolean overlaps(AddressRange other) {
    return start < other.end() && other.start < end();
  }

  @Override
  public String toString() {
    return "0x%08x..0x%08x".formatted(start, end());
  }
}
