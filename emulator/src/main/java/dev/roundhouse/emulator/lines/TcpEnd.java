package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.HostThreads;
import dev.roundhouse.emulator.process.Notices;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Clients of a TCP port, one after another; others wait until the present one has left. */
final class TcpEnd implements HostEnd {
  private static final int WAITING_CLIENTS = 1;
  private static final int CHUNK_BYTES = 4096;
  private static final int LOOK_MILLIS = 20;
  private static final int DRAIN_MILLIS = 150;
  private static final int BYTE_MASK = 0xff;

  private final String name;
  private final ServerSocket server;
  private final OutputQueue output;
  private final UartAttachment attachment;
  private final AtomicReference<@Nullable Thread> serving = new AtomicReference<>();
  private final AtomicReference<@Nullable Socket> present = new AtomicReference<>();
  private volatile boolean isClosing;

  private TcpEnd(String name, ServerSocket server, Notices notices) {
    this.name = name;
    this.server = server;
    output = new OutputQueue(name, OutputQueue.Peer.ABSENT, notices);
    attachment = new UartAttachment(new InputSource.Live(this::start), output);
  }

  static TcpEnd open(int uart, int port, Notices notices) throws HostFailure {
    try {
      ServerSocket server = new ServerSocket();
      try {
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAITING_CLIENTS);
      } catch (IOException e) {
        server.close();
        throw e;
      }
      String name = Cables.name(uart);
      notices.say(name + ": listening on 127.0.0.1:" + server.getLocalPort());
      return new TcpEnd(name, server, notices);
    } catch (IOException e) {
      throw new HostFailure(
          "--uart "
              + Cables.label(uart)
              + "=tcp:"
              + port
              + ": cannot listen there ("
              + HostErrors.reason(e)
              + "); give another port, or 0 for any that is free",
          e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public UartAttachment attachment() {
    return attachment;
  }

  @Override
  public void close() {
    isClosing = true;
    closeQuietly(server);
    Thread toEnd = serving.get();
    if (toEnd != null) {
      join(toEnd, DRAIN_MILLIS);
    }
    Socket client = present.getAndSet(null);
    if (client != null) {
      closeQuietly(client);
    }
  }

  private void start(int uart, LiveGate gate) {
    serving.set(HostThreads.start("tcp-" + name, () -> serve(uart, gate)));
  }

  private void serve(int uart, LiveGate gate) {
    while (!isClosing) {
      try (Socket client = server.accept()) {
        present.set(client);
        client.setTcpNoDelay(true);
        serve(client, uart, gate);
      } catch (IOException e) {
        // The client has left, or close() was called, which the loop sees.
      }
    }
  }

  private void serve(Socket client, int uart, LiveGate gate) throws IOException {
    AtomicBoolean hasLeft = new AtomicBoolean();
    output.setPeer(OutputQueue.Peer.PRESENT);
    Thread writer = HostThreads.start("tcp-out-" + name, () -> write(client, hasLeft));
    try {
      read(client.getInputStream(), uart, gate);
    } finally {
      hasLeft.set(true);
      closeQuietly(client);
      join(writer, DRAIN_MILLIS);
      output.setPeer(OutputQueue.Peer.ABSENT);
    }
  }

  private void read(InputStream in, int uart, LiveGate gate) throws IOException {
    byte[] buffer = new byte[CHUNK_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      for (int i = 0; i < count; i++) {
        gate.offer(new ExternalInput.SerialByte(uart, buffer[i] & BYTE_MASK));
      }
    }
  }

  private void write(Socket client, AtomicBoolean hasLeft) {
    byte[] buffer = new byte[CHUNK_BYTES];
    try (client) {
      int count = output.take(buffer, LOOK_MILLIS);
      while (!hasLeft.get() && (count > 0 || !isClosing)) {
        client.getOutputStream().write(buffer, 0, count);
        count = output.take(buffer, LOOK_MILLIS);
      }
    } catch (IOException e) {
      // The client has left: the reader sees that too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread, int waitMillis) {
    try {
      thread.join(waitMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is of no use any more either way.
    }
  }
}
