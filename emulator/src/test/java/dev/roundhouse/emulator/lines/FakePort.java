package dev.roundhouse.emulator.lines;

import dev.roundhouse.emulator.platform.SerialConnection;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A serial port whose far end is the test. */
final class FakePort implements SerialConnection {
  final List<Integer> sent = new ArrayList<>();
  final Deque<Integer> arrived = new ArrayDeque<>();
  boolean isClear = true;
  boolean isLost;
  boolean isClosed;

  @Override
  public int read(byte[] into) throws IOException {
    failIfLost();
    int count = 0;
    while (count < into.length && !arrived.isEmpty()) {
      into[count++] = arrived.remove().byteValue();
    }
    return count;
  }

  @Override
  public void write(int value) throws IOException {
    failIfLost();
    sent.add(value);
  }

  private void failIfLost() throws IOException {
    if (isLost) {
      throw new IOException("unplugged");
    }
  }

  @Override
  public boolean isClearToSend() {
    return isClear && !isLost;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
