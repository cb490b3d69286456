package dev.roundhouse.kernel.abi;

import dev.roundhouse.devices.trace.EventVisitor;

/**
 * Bytes that a program points at. Both numbers come from registers and may be anything; nothing is
 * checked before the kernel follows the pointer.
 *
 * @param address where they start
 * @param length how many, unsigned
 */
public record UserBuffer(long address, long length) {
  /** Whether there is nothing to follow; the address is of no importance then. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** The first {@code count} bytes of it. */
  public UserBuffer first(long count) {
    return new UserBuffer(address, count);
  }

  /** The smaller of two unsigned lengths. */
  public static long shorter(long a, long b) {
    return Long.compareUnsigned(a, b) < 0 ? a : b;
  }

  /** Tells it as two fields of an event. */
  void describeTo(EventVisitor visitor, String addressName, String lengthName) {
    visitor.address(addressName, address).number(lengthName, length);
  }

  @Override
  public String toString() {
    return "0x%x, %s bytes".formatted(address, Long.toUnsignedString(length));
  }
}
