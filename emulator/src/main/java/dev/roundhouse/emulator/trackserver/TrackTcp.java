package dev.roundhouse.emulator.trackserver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.roundhouse.emulator.lines.OutputQueue;
import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.HostThreads;
import dev.roundhouse.emulator.process.Notices;
import dev.roundhouse.emulator.trackserver.TrackServer.Happening;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Clients of a train set by TCP, several at a time, so that a dead one is in nobody's way. */
final class TrackTcp implements AutoCloseable {
  private static final int MOST_CLIENTS = 16;
  private static final int CHUNK_BYTES = 256;
  private static final int LOOK_MILLIS = 20;
  private static final int DRAIN_MILLIS = 1000;

  private final ServerSocket server;
  private final Queue<Happening> inbox;
  private final Function<OutputQueue, TrackClient> clients;
  private final Notices notices;
  private final Set<Socket> present = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosing;
  private int count;

  private TrackTcp(
      ServerSocket server,
      Queue<Happening> inbox,
      Function<OutputQueue, TrackClient> clients,
      Notices notices) {
    this.server = server;
    this.inbox = inbox;
    this.clients = clients;
    this.notices = notices;
  }

  static TrackTcp open(
      InetSocketAddress address,
      Queue<Happening> inbox,
      Function<OutputQueue, TrackClient> clients,
      Notices notices)
      throws HostFailure {
    try {
      ServerSocket server = listeningAt(address);
      notices.say("track: listening on " + text(server));
      TrackTcp tcp = new TrackTcp(server, inbox, clients, notices);
      HostThreads.start("track-tcp", tcp::accept);
      return tcp;
    } catch (IOException e) {
      throw new HostFailure(
          "--tcp "
              + text(address.getAddress(), address.getPort())
              + ": cannot listen there ("
              + HostErrors.reason(e)
              + "); give an address of this host and another port, or 0 for any that is free",
          e);
    }
  }

  /**
   * A server at exactly that address. A {@link ServerSocket} of its own is one of both versions of
   * the Internet Protocol, and 0.0.0.0 would be all addresses of version 6 too.
   */
  private static ServerSocket listeningAt(InetSocketAddress address) throws IOException {
    boolean isVersion4 = address.getAddress() instanceof Inet4Address;
    ServerSocketChannel channel =
        ServerSocketChannel.open(
            isVersion4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address);
      return channel.socket();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static String text(ServerSocket server) {
    return text(server.getInetAddress(), server.getLocalPort());
  }

  static String text(InetAddress address, int port) {
    String host = address.getHostAddress();
    return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!isClosing) {
      try {
        Socket socket = server.accept();
        if (present.size() == MOST_CLIENTS) {
          notices.say("track: a client is sent away, " + MOST_CLIENTS + " are connected");
          socket.close();
        } else {
          present.add(socket);
          count++;
          String name = "client " + count;
          HostThreads.start("track-" + count, () -> serve(socket, name));
        }
      } catch (IOException e) {
        // The client has left at once, or close() was called, which the loop sees.
      }
    }
  }

  private void serve(Socket socket, String name) {
    OutputQueue answers = new OutputQueue("track: " + name, OutputQueue.Peer.PRESENT, notices);
    TrackClient client = clients.apply(answers);
    inbox.add(new Happening.Joined(client));
    notices.say("track: " + name + " is connected");
    Thread writer = HostThreads.start("track-out", () -> write(socket, answers));
    try (socket) {
      socket.setTcpNoDelay(true);
      read(socket.getInputStream(), client);
    } catch (IOException e) {
      // The client has left.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      answers.setPeer(OutputQueue.Peer.ABSENT);
      inbox.add(new Happening.Left(client, name));
      HostThreads.join(writer, DRAIN_MILLIS);
      present.remove(socket);
      notices.say("track: " + name + " has left");
    }
  }

  private void read(InputStream in, TrackClient client) throws IOException, InterruptedException {
    byte[] buffer = new byte[CHUNK_BYTES];
    for (int bytes = in.read(buffer); bytes >= 0; bytes = in.read(buffer)) {
      client.awaitRoom(bytes);
      inbox.add(new Happening.Sent(client, new String(buffer, 0, bytes, ISO_8859_1)));
    }
  }

  private void write(Socket socket, OutputQueue answers) {
    byte[] buffer = new byte[CHUNK_BYTES];
    try (socket) {
      OutputStream out = socket.getOutputStream();
      while (!socket.isClosed() && !isClosing) {
        int bytes = answers.take(buffer, LOOK_MILLIS);
        if (bytes > 0) {
          out.write(buffer, 0, bytes);
        }
      }
    } catch (IOException e) {
      // The client has left: the reader sees that too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    isClosing = true;
    HostThreads.closeQuietly(server);
    present.forEach(HostThreads::closeQuietly);
  }
}
