package dev.roundhouse.emulator.debugger;

import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.HostThreads;
import dev.roundhouse.emulator.process.Notices;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where clients knock: one at a time, of this host only. */
final class Door implements AutoCloseable {
  private static final int MOST_KNOCKING = 4;

  private final ServerSocket server;
  private final Notices notices;
  private final BlockingQueue<Client> arrivals = new ArrayBlockingQueue<>(1);
  private volatile @Nullable Client present;
  private volatile Runnable call = () -> {};

  private Door(ServerSocket server, Notices notices) {
    this.server = server;
    this.notices = notices;
  }

  /**
   * Listens on a port of this host; 0 is any that is free.
   *
   * @throws HostFailure if it cannot
   */
  static Door open(int port, Notices notices) throws HostFailure {
    try {
      ServerSocket server = new ServerSocket();
      try {
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MOST_KNOCKING);
      } catch (IOException e) {
        server.close();
        throw e;
      }
      return new Door(server, notices);
    } catch (IOException e) {
      throw new HostFailure(
          "--gdb %d: cannot listen there (%s); give another port, or 0 for any that is free"
              .formatted(port, HostErrors.reason(e)),
          e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Lets clients in; {@code newCall} has the machine look up. */
  void open(Runnable newCall) {
    call = newCall;
    Thread _ = HostThreads.start("debugger", this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        admit(server.accept());
      } catch (IOException e) {
        // Somebody has left before he was let in, or the door is closed, which the loop sees.
      }
    }
  }

  private void admit(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    Client client = new Client(socket);
    if (present != null) {
      notices.say("debugger: another one is attached: a second is refused");
      client.close();
      return;
    }
    present = client;
    arrivals.clear();
    arrivals.add(client);
    Thread _ = HostThreads.start("debugger-in", () -> client.read(call));
    call.run();
  }

  /** Whether somebody is attached who has not been fetched. */
  boolean isKnockedAt() {
    return !arrivals.isEmpty();
  }

  /** Who has attached; nothing if nobody does in that time. */
  @Nullable Client fetch(long millis) {
    try {
      return arrivals.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Lets the present client go. */
  void dismiss() {
    Client leaving = present;
    present = null;
    if (leaving != null) {
      leaving.close();
    }
  }

  @Override
  public void close() {
    HostThreads.closeQuietly(server);
    dismiss();
  }
}
