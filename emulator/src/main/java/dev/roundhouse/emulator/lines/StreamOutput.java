package dev.roundhouse.emulator.lines;

import dev.roundhouse.emulator.input.OutputPort;
import java.io.IOException;
import java.io.OutputStream;

/** Output to a stream of the host, gathered until it is flushed or much of it is there. */
public final class StreamOutput implements OutputPort {
  private static final int BUFFER_BYTES = 8192;

  private final OutputStream stream;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int used;

  /**
   * Since when the stream takes bytes, as of {@link System#nanoTime}, never 0; 0 while it is idle.
   */
  private volatile long writingSince;

  private volatile boolean isLineOpen;

  /** Output to {@code stream}, which should have no buffer of its own. */
  public StreamOutput(OutputStream stream) {
    this.stream = stream;
  }

  @Override
  public void put(int value) throws IOException {
    if (used == buffer.length) {
      flush();
    }
    buffer[used++] = (byte) value;
  }

  @Override
  public void flush() throws IOException {
    if (used > 0) {
      int count = used;
      used = 0;
      writingSince = System.nanoTime() | 1;
      try {
        stream.write(buffer, 0, count);
        stream.flush();
        isLineOpen = buffer[count - 1] != '\n';
      } finally {
        writingSince = 0;
      }
    }
  }

  /** For how long the stream has been taking bytes now; any thread may ask. */
  public long waitingNanos() {
    long since = writingSince;
    return since == 0 ? 0 : System.nanoTime() - since;
  }

  /**
   * Whether what came last stands in a line that has not ended; from now on it counts as ended,
   * because whoever asks ends it. Any thread may ask.
   */
  public boolean takeOpenLine() {
    boolean wasOpen = isLineOpen;
    isLineOpen = false;
    return wasOpen;
  }
}
