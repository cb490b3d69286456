package dev.roundhouse.emulator.debuginfo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Makes compressed sections whole again, all of a file together up to a limit. */
final class Decompression {
  private static final int ZLIB = 1;
  private static final int ZSTD = 2;
  private static final byte[] OLD_MARK = "ZLIB".getBytes(StandardCharsets.US_ASCII);
  private static final long MOST_BYTES = 64L << 20;

  /** Deflate makes nothing shorter than by this. */
  private static final long MOST_RATIO = 1032;

  private long left = MOST_BYTES;

  /** ELF gABI, chapter 4, "Compressed sections". */
  byte[] elfForm(byte[] content) throws DebugInfoException {
    ByteCursor header = new ByteCursor("a compressed section", content);
    long kind = header.unsigned(Integer.BYTES);
    header.skip(Integer.BYTES);
    long size = header.unsigned(Long.BYTES);
    header.skip(Long.BYTES);
    if (kind != ZLIB) {
      throw new DebugInfoException(
          "has debug information compressed with "
              + (kind == ZSTD ? "zstd" : "method " + kind)
              + ", which is not read; run 'objcopy --decompress-debug-sections' on it, or build it"
              + " with -gz=none");
    }
    return inflated(content, header.offset(), size);
  }

  /**
   * The form of sections named .zdebug (binutils, "objcopy --compress-debug-sections=zlib-gnu").
   */
  byte[] oldForm(byte[] content) throws DebugInfoException {
    ByteCursor header = new ByteCursor("a compressed section", content);
    header.skip(OLD_MARK.length);
    long size = Long.reverseBytes(header.unsigned(Long.BYTES));
    if (!Arrays.equals(content, 0, OLD_MARK.length, OLD_MARK, 0, OLD_MARK.length)) {
      throw new DebugInfoException("has a damaged compressed section");
    }
    return inflated(content, header.offset(), size);
  }

  private byte[] inflated(byte[] content, int from, long size) throws DebugInfoException {
    if (size < 0 || size / MOST_RATIO > content.length) {
      throw new DebugInfoException("has a compressed section of an impossible size");
    }
    if (size > left) {
      throw new DebugInfoException("has more debug information than can be read");
    }
    left -= size;
    byte[] whole = new byte[(int) size];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(content, from, content.length - from);
      int length = 0;
      while (length < whole.length && !inflater.finished()) {
        int more = inflater.inflate(whole, length, whole.length - length);
        if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
        length += more;
      }
      if (length != whole.length) {
        throw new DebugInfoException("has a compressed section that ends too early");
      }
      return whole;
    } catch (DataFormatException e) {
      throw new DebugInfoException("has a damaged compressed section");
    }
  }
}
