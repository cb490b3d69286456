package dev.roundhouse.emulator.platform;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads this process's memory through Linux's /proc/self/mem, where a bad address is an error and
 * not a crash (proc(5)).
 */
public final class OwnMemory implements Closeable {
  private final FileChannel channel;

  private OwnMemory(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens it.
   *
   * @throws IOException where the host has no such file
   */
  public static OwnMemory open() throws IOException {
    return new OwnMemory(FileChannel.open(Path.of("/proc/self/mem"), StandardOpenOption.READ));
  }

  /**
   * The 64-bit words at an address, as many of {@code bytes} as are readable; none for a bad
   * address.
   */
  public long[] read(long address, int bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    int read = address < 0 ? 0 : tryToRead(buffer, address);
    long[] words = new long[Math.max(read, 0) / Long.BYTES];
    buffer.flip().asLongBuffer().get(words);
    return words;
  }

  private int tryToRead(ByteBuffer buffer, long address) {
    try {
      return channel.read(buffer, address);
    } catch (IOException e) {
      buffer.clear();
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
