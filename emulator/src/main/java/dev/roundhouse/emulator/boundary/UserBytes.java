package dev.roundhouse.emulator.boundary;

import java.nio.charset.StandardCharsets;

/** Memory as a task sees it. */
@FunctionalInterface
public interface UserBytes {
  /**
   * Reads memory.
   *
   * @param address where, virtual
   * @param into as many bytes as are wanted
   * @return how many there are: fewer where nothing is mapped
   */
  int read(long address, byte[] into);

  /** Up to {@code length} bytes, a character for each. */
  default String content(long address, long length) {
    int wanted = Long.compareUnsigned(length, Bytes.MOST) > 0 ? Bytes.MOST : (int) length;
    byte[] bytes = new byte[wanted];
    int got = wanted == 0 ? 0 : read(address, bytes);
    return new String(bytes, 0, got, StandardCharsets.ISO_8859_1);
  }
}
