package dev.roundhouse.kernel.loader;

/**
 * A PT_LOAD segment, checked: its bytes are in the file and its addresses do not wrap.
 *
 * @param offset of its bytes in the file
 * @param address virtual address before the load bias is added
 * @param fileBytes bytes that come from the file
 * @param memoryBytes bytes in memory, at least {@code fileBytes}; the rest is zero
 */
public record Segment(int offset, long address, int fileBytes, long memoryBytes) {
  /** Whether {@code length} bytes from {@code at} are in its memory. */
  public boolean contains(long at, long length) {
    return at >= address && length <= memoryBytes && at - address <= memoryBytes - length;
  }

  /** Whether {@code length} bytes from {@code at} come from the file. */
  boolean holdsFileBytes(long at, long length) {
    return at >= address && length <= fileBytes && at - address <= fileBytes - length;
  }

  /** The first address behind it. */
  long end() {
    return address + memoryBytes;
  }
}
