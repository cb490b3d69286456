package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.emulator.process.HostThreads;
import dev.roundhouse.emulator.process.Notices;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Input from a pipe or file. It is read by a thread that starts when a program wants its first
 * byte: a pipe that never closes holds nobody up who does not read, and keeps what is not read.
 */
public final class PipedInput implements InputSource.Pull {
  private static final int CHUNK_BYTES = 8192;
  private static final int CHUNKS_AHEAD = 2;
  private static final int LOOK_MILLIS = 20;
  private static final int BYTE_MASK = 0xff;
  private static final byte[] END = new byte[0];

  private final InputStream stream;
  private final Notices notices;
  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
  private boolean isStarted;
  private byte[] chunk = new byte[1];
  private int next = 1;

  /** Input from a stream that nobody else reads. */
  public PipedInput(InputStream stream, Notices notices) {
    this.stream = stream;
    this.notices = notices;
  }

  @Override
  public int next(BooleanSupplier giveUp) {
    if (!isStarted) {
      isStarted = true;
      HostThreads.start("input", this::read);
    }
    while (next == chunk.length) {
      if (chunk.length == 0) {
        return SerialPeer.ENDED;
      }
      byte[] more = await();
      if (more != null) {
        chunk = more;
        next = 0;
      } else if (giveUp.getAsBoolean()) {
        return GAVE_UP;
      }
    }
    return chunk[next++] & BYTE_MASK;
  }

  private byte @Nullable [] await() {
    try {
      return chunks.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private void read() {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        if (count > 0) {
          chunks.put(Arrays.copyOf(buffer, count));
        }
      }
    } catch (IOException e) {
      notices.say("input cannot be read any further: " + HostErrors.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  private void end() {
    try {
      chunks.put(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
