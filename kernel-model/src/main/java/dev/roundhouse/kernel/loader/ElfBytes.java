package dev.roundhouse.kernel.loader;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A file's content with little-endian access; whoever reads has checked the range before. */
final class ElfBytes {
  private static final int SHORT_MASK = 0xFFFF;
  private static final long INT_MASK = 0xFFFF_FFFFL;

  private final byte[] content;
  private final ByteBuffer buffer;

  ElfBytes(byte[] content) {
    this.content = content;
    this.buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  int length() {
    return content.length;
  }

  /** Whether {@code length} bytes from {@code offset} are in the file; both are unsigned. */
  boolean contains(long offset, long length) {
    return offset >= 0
        && length >= 0
        && length <= content.length
        && offset <= content.length - length;
  }

  int byteAt(int offset) {
    return Byte.toUnsignedInt(content[offset]);
  }

  int shortAt(int offset) {
    return buffer.getShort(offset) & SHORT_MASK;
  }

  int intAt(int offset) {
    return buffer.getInt(offset);
  }

  long unsignedIntAt(int offset) {
    return buffer.getInt(offset) & INT_MASK;
  }

  long longAt(int offset) {
    return buffer.getLong(offset);
  }

  byte[] content() {
    return content;
  }
}
