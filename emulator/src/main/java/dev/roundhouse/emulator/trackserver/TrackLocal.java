package dev.roundhouse.emulator.trackserver;

import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.lines.HostEnd;
import dev.roundhouse.emulator.process.HostThreads;
import dev.roundhouse.emulator.trackserver.TrackServer.Happening;
import java.util.Queue;

/** A client of a train set in the same process. */
final class TrackLocal implements HostEnd, OutputPort {
  private static final int CHUNK_BYTES = 256;
  private static final int LOOK_MILLIS = 20;

  private final Queue<Happening> inbox;
  private final TrackClient client;
  private volatile boolean isClosing;

  TrackLocal(Queue<Happening> inbox, TrackClient client) {
    this.inbox = inbox;
    this.client = client;
    inbox.add(new Happening.Joined(client));
  }

  @Override
  public UartAttachment attachment() {
    return new UartAttachment(new InputSource.Live(this::start), this);
  }

  private void start(int uart, LiveGate gate) {
    HostThreads.start("track-answers", () -> pass(uart, gate));
  }

  private void pass(int uart, LiveGate gate) {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      while (!isClosing) {
        int count = client.answers().take(buffer, LOOK_MILLIS);
        for (int i = 0; i < count; i++) {
          gate.offer(new ExternalInput.SerialByte(uart, Byte.toUnsignedInt(buffer[i])));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void put(int value) {
    try {
      client.awaitRoom(1);
      inbox.add(new Happening.Sent(client, String.valueOf((char) value)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void flush() {
    // Each byte is on its way at once.
  }

  @Override
  public void close() {
    isClosing = true;
    inbox.add(new Happening.Left(client, "track"));
  }
}
