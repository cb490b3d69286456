package dev.roundhouse.emulator.debugger;

import dev.roundhouse.emulator.process.HostThreads;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that is connected: what it says waits here until the machine's thread asks. */
final class Client {
  private static final int CHUNK_BYTES = 4096;
  private static final int MOST_WAITING = 64;
  private static final int BYTE_MASK = 0xff;

  private final Socket socket;
  private final BlockingQueue<PacketDecoder.Said> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private volatile boolean wantsStop;
  private volatile boolean hasLeft;
  private volatile boolean isReliable;
  private byte[] latest = {};

  Client(Socket socket) {
    this.socket = socket;
  }

  /** Reads what it sends until it leaves; {@code call} runs when the machine should listen. */
  void read(Runnable call) {
    try (InputStream in = socket.getInputStream()) {
      PacketDecoder decoder = new PacketDecoder();
      byte[] buffer = new byte[CHUNK_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        for (int n = 0; n < count; n++) {
          take(decoder, buffer[n] & BYTE_MASK, call);
        }
      }
    } catch (IOException e) {
      // It has left.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hasLeft = true;
    call.run();
  }

  private void take(PacketDecoder decoder, int value, Runnable call) throws InterruptedException {
    PacketDecoder.Said said = decoder.take(value).orElse(null);
    if (said instanceof PacketDecoder.Said.Interrupt) {
      wantsStop = true;
      call.run();
    } else if (said != null) {
      acknowledge(said);
      waiting.put(said);
    }
  }

  /** Whether it has asked for a stop since the last time that one was told to it. */
  boolean wantsStop() {
    return wantsStop;
  }

  boolean hasLeft() {
    return hasLeft;
  }

  /** The next packet; nothing if none came in that time. */
  @Nullable String next(long millis) {
    try {
      PacketDecoder.Said said = waiting.poll(millis, TimeUnit.MILLISECONDS);
      switch (said) {
        case PacketDecoder.Said.Packet(String data) -> {
          return data;
        }
        case PacketDecoder.Said.Again() -> write(latest);
        case PacketDecoder.Said.Damaged(), PacketDecoder.Said.Interrupt() -> {}
        case null -> {}
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      hasLeft = true;
    }
    return null;
  }

  /** At once, for a client sends again what is not acknowledged soon. */
  private void acknowledge(PacketDecoder.Said said) {
    if (!isReliable && said instanceof PacketDecoder.Said.Packet) {
      write(new byte[] {'+'});
    } else if (!isReliable && said instanceof PacketDecoder.Said.Damaged) {
      write(new byte[] {'-'});
    }
  }

  /** Neither side acknowledges packets any more. */
  void relies() {
    isReliable = true;
  }

  /** Sends a packet. */
  void send(String data) {
    latest = PacketDecoder.encode(data);
    write(latest);
  }

  /** Tells why it has stopped, which ends a wish to stop. */
  void sendStop(String data) {
    wantsStop = false;
    send(data);
  }

  private synchronized void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      hasLeft = true;
    }
  }

  void close() {
    HostThreads.closeQuietly(socket);
  }
}
