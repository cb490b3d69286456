package dev.roundhouse.cli.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a file that is not trusted: what lies behind its end reads as 0. */
final class FileBytes {
  private static final int SHORT_MASK = 0xffff;
  private static final int BYTE_MASK = 0xff;
  private static final long INT_MASK = 0xffff_ffffL;

  private final ByteBuffer bytes;

  FileBytes(byte[] content) {
    bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  int length() {
    return bytes.capacity();
  }

  boolean holds(long offset, long count) {
    return offset >= 0 && count >= 0 && count <= length() && offset <= length() - count;
  }

  int byteAt(long offset) {
    return holds(offset, Byte.BYTES) ? bytes.get((int) offset) & BYTE_MASK : 0;
  }

  int shortAt(long offset) {
    return holds(offset, Short.BYTES) ? bytes.getShort((int) offset) & SHORT_MASK : 0;
  }

  long intAt(long offset) {
    return holds(offset, Integer.BYTES) ? bytes.getInt((int) offset) & INT_MASK : 0;
  }

  long longAt(long offset) {
    return holds(offset, Long.BYTES) ? bytes.getLong((int) offset) : 0;
  }
}
