package dev.roundhouse.emulator.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Looks at a library before it is loaded: the JVM does not tell why it cannot load one, and loading
 * one that is cut short ends the process (System V ABI, chapters 4 and 5, ELF and program header).
 */
final class LibraryFile {
  private static final int HEADER_BYTES = 64;
  private static final int ELF_MAGIC = 0x464c457f;
  private static final int MACHINE = 18;
  private static final int PROGRAM_HEADERS = 32;
  private static final int PROGRAM_HEADER_COUNT = 56;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int MOST_PROGRAM_HEADERS = 128;
  private static final int SEGMENT_OFFSET = 8;
  private static final int SEGMENT_FILE_BYTES = 32;
  private static final int EM_X86_64 = 62;
  private static final int EM_AARCH64 = 183;

  private LibraryFile() {}

  /**
   * Checks that the file can be read and is a whole library for this host, as far as that is known.
   *
   * @throws IllegalArgumentException with the reason why not
   */
  static void check(Path file) {
    boolean isLinux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      if (isLinux) {
        checkElf(channel);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read", e);
    }
  }

  private static void checkElf(SeekableByteChannel channel) throws IOException {
    ByteBuffer header = read(channel, 0, HEADER_BYTES);
    if (header.getInt(0) != ELF_MAGIC) {
      throw new IllegalArgumentException("not a library of this system");
    }
    int machine = header.getShort(MACHINE);
    int host = System.getProperty("os.arch", "").equals("aarch64") ? EM_AARCH64 : EM_X86_64;
    if (machine != host) {
      throw new IllegalArgumentException(
          "built for another processor (ELF machine %d, not %d)".formatted(machine, host));
    }
    int count = Math.clamp(header.getShort(PROGRAM_HEADER_COUNT), 0, MOST_PROGRAM_HEADERS);
    ByteBuffer segments =
        read(channel, header.getLong(PROGRAM_HEADERS), count * PROGRAM_HEADER_BYTES);
    for (int at = 0; at < segments.capacity(); at += PROGRAM_HEADER_BYTES) {
      long offset = segments.getLong(at + SEGMENT_OFFSET);
      long bytes = segments.getLong(at + SEGMENT_FILE_BYTES);
      if (offset < 0 || bytes < 0 || bytes > channel.size() - offset) {
        throw new IllegalArgumentException("cut short");
      }
    }
  }

  private static ByteBuffer read(SeekableByteChannel channel, long at, int bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (at < 0 || at > channel.size() - bytes) {
      throw new IllegalArgumentException("not a library of this system");
    }
    channel.position(at);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer);
    }
    return buffer;
  }
}
