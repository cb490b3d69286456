package dev.roundhouse.emulator.debuginfo;

import java.nio.charset.StandardCharsets;

/** A place in a section that is not trusted; little-endian. */
final class ByteCursor {
  private static final int BITS_OF_SEPTET = 7;
  private static final int SEPTET = 0x7f;
  private static final int MORE = 0x80;
  private static final int LONGEST_NAME = 4096;

  private final String section;
  private final byte[] bytes;
  private final int end;
  private int at;

  ByteCursor(String section, byte[] bytes) {
    this(section, bytes, 0, bytes.length);
  }

  private ByteCursor(String section, byte[] bytes, int at, int end) {
    this.section = section;
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** Another cursor over the same section. */
  ByteCursor from(long offset) throws DebugInfoException {
    if (offset < 0 || offset > end) {
      throw new DebugInfoException(section + " ends before offset " + offset);
    }
    return new ByteCursor(section, bytes, (int) offset, end);
  }

  /** Another cursor at the same place. */
  ByteCursor copy() {
    return new ByteCursor(section, bytes, at, end);
  }

  /** The next bytes as a cursor that ends with them; this one goes on behind them. */
  ByteCursor part(long length) throws DebugInfoException {
    int start = at;
    skip(length);
    return new ByteCursor(section, bytes, start, at);
  }

  int offset() {
    return at;
  }

  boolean hasMore() {
    return at < end;
  }

  void skip(long count) throws DebugInfoException {
    if (count < 0 || count > end - at) {
      throw new DebugInfoException(section + " ends in the middle, at offset " + at);
    }
    at += (int) count;
  }

  /** An unsigned number of 1 to 8 bytes. */
  long unsigned(int size) throws DebugInfoException {
    int start = at;
    skip(size);
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(bytes[start + i]);
    }
    return value;
  }

  /** DWARF 5, 7.6: unsigned LEB128. Bits beyond the 64th are dropped. */
  long uleb() throws DebugInfoException {
    long value = 0;
    int shift = 0;
    long next;
    do {
      next = unsigned(1);
      value |= shift < Long.SIZE ? (next & SEPTET) << shift : 0;
      shift = Math.min(shift + BITS_OF_SEPTET, Long.SIZE);
    } while ((next & MORE) != 0);
    return value;
  }

  /** DWARF 5, 7.6: signed LEB128. */
  long sleb() throws DebugInfoException {
    long value = 0;
    int shift = 0;
    long next;
    do {
      next = unsigned(1);
      value |= shift < Long.SIZE ? (next & SEPTET) << shift : 0;
      shift = Math.min(shift + BITS_OF_SEPTET, Long.SIZE);
    } while ((next & MORE) != 0);
    boolean isNegative = (next & MORE >> 1) != 0;
    return isNegative && shift < Long.SIZE ? value | -1L << shift : value;
  }

  /** Text up to a NUL. */
  String text() throws DebugInfoException {
    int start = at;
    skipText();
    return new String(bytes, start, at - 1 - start, StandardCharsets.UTF_8);
  }

  /** Goes behind a text and its NUL. */
  void skipText() throws DebugInfoException {
    int start = at;
    while (unsigned(1) != 0) {
      if (at - start > LONGEST_NAME) {
        throw new DebugInfoException(section + " has a name without an end at offset " + start);
      }
    }
  }
}
