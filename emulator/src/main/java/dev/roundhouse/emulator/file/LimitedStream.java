package dev.roundhouse.emulator.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file's stream that fails when it goes on behind the limit of its kind. */
final class LimitedStream extends FilterInputStream {
  private final FileKind kind;
  private long left;

  LimitedStream(InputStream in, FileKind kind) {
    super(in);
    this.kind = kind;
    left = kind.mostBytes() + 1;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, (int) Math.min(length, left));
    count(Math.max(count, 0));
    return count;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(Math.min(bytes, left));
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) throws IOException {
    left -= bytes;
    if (left == 0) {
      throw new IOException(kind.tooLarge());
    }
  }
}
