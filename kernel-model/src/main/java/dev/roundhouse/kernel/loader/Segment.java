package dev.roundhouse.kernel.loader;

/**
 * A PT_LOAD segment, checked: its bytes are in the file and its addresses do not wrap.
 *
 * @param offset of its bytes in the file
 * @param address virtual address before the load bias is added
 * @param fileBytes bytes that come from the file
 * @param memoryBytes bytes in memory, at least {@code fileBytes}; the rest is zero
 * @param flags what may be done with it, as in the program header
 */
public record Segment(int offset, long address, int fileBytes, long memoryBytes, int flags) {
  private static final int EXECUTED = 1;
  private static final int WRITTEN = 2;

  /** Whether it has code, and nothing that a program may write to. */
  boolean isCode() {
    return (flags & (EXECUTED | WRITTEN)) == EXECUTED;
  }

  /** Whether it has both. */
  boolean isCodeAndData() {
    return (flags & (EXECUTED | WRITTEN)) == (EXECUTED | WRITTEN);
  }

  /** Whether a program may write to it. */
  boolean isWritable() {
    return (flags & WRITTEN) != 0;
  }

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
