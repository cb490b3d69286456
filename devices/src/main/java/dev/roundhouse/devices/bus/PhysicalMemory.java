package dev.roundhouse.devices.bus;

/**
 * The guest's RAM by physical address, little-endian; unaligned accesses are allowed.
 *
 * <p>Every access outside {@link #range()} throws {@link IndexOutOfBoundsException}: that is our
 * bug. An address that comes from a guest is checked with {@link #contains} first.
 */
public interface PhysicalMemory {
  /** The addresses that are RAM. */
  AddressRange range();

  /**
   * Whether {@code length} bytes from {@code address} are RAM; safe for any arguments. Zero bytes
   * are fine at an address in the range or just behind it.
   */
  boolean contains(long address, long length);

  byte getByte(long address);

  int getInt(long address);

  long getLong(long address);

  void putByte(long address, byte value);

  void putInt(long address, int value);

  void putLong(long address, long value);

  /** Copies {@code length} bytes; the two places may overlap. */
  void copy(long from, long to, long length);

  /** Reads {@code length} bytes into {@code into} from {@code offset} on. */
  void read(long address, byte[] into, int offset, int length);

  /** Writes {@code length} bytes of {@code from} from {@code offset} on. */
  void write(long address, byte[] from, int offset, int length);

  /** Fills {@code length} bytes with {@code value}. */
  void fill(long address, long length, byte value);
}
