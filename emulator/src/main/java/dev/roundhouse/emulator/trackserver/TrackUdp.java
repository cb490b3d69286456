package dev.roundhouse.emulator.trackserver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.roundhouse.devices.train.cs3.FrameBytes;
import dev.roundhouse.emulator.lines.OutputQueue;
import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.HostThreads;
import dev.roundhouse.emulator.process.Notices;
import dev.roundhouse.emulator.trackserver.TrackServer.Happening;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Clients of a train set by UDP ("CAN CS2 Protokoll 2.0", 1.2.7): a frame a datagram, others are
 * dropped. Frames go to a port of each host that has spoken; on this host to that port from the
 * start. Who speaks from another port hears there too, so that several on one host can.
 */
final class TrackUdp implements AutoCloseable {
  private static final int MOST_CLIENTS = 16;

  private final DatagramChannel channel;
  private final InetSocketAddress own;
  private final int clientsPort;
  private final Queue<Happening> inbox;
  private final CanGateway gateway;
  private final Notices notices;
  private final Map<InetSocketAddress, CanClient> clients = new LinkedHashMap<>();
  private volatile Map<InetSocketAddress, CanClient> known = Map.of();
  private volatile boolean isClosing;
  private boolean hasToldOfFailure;
  private int told;

  private TrackUdp(
      DatagramChannel channel,
      int clientsPort,
      Queue<Happening> inbox,
      CanGateway gateway,
      Notices notices)
      throws IOException {
    this.channel = channel;
    own = (InetSocketAddress) channel.getLocalAddress();
    this.clientsPort = clientsPort;
    this.inbox = inbox;
    this.gateway = gateway;
    this.notices = notices;
  }

  static TrackUdp open(
      InetSocketAddress address,
      int clientsPort,
      Queue<Happening> inbox,
      CanGateway gateway,
      Notices notices)
      throws HostFailure {
    String text = TrackTcp.text(address.getAddress(), address.getPort());
    try {
      DatagramChannel channel = DatagramChannel.open(family(address)).bind(address);
      TrackUdp udp = new TrackUdp(channel, clientsPort, inbox, gateway, notices);
      notices.say(
          "track: listening on UDP "
              + TrackTcp.text(address.getAddress(), udp.port())
              + ", answering to port "
              + clientsPort);
      gateway.tellBy(udp::tell);
      HostThreads.start("track-udp", udp::read);
      return udp;
    } catch (IOException e) {
      throw new HostFailure(
          "--udp: cannot listen on "
              + text
              + " ("
              + HostErrors.reason(e)
              + "); give an address of this host, and end what else listens there",
          e);
    }
  }

  private static StandardProtocolFamily family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet4Address
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }

  int port() {
    return own.getPort();
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(FrameBytes.SIZE + 1);
    while (!isClosing) {
      try {
        buffer.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
        if (buffer.position() != FrameBytes.SIZE) {
          gateway.tellOfMalformed();
        } else if (from != null) {
          byte[] bytes = new byte[FrameBytes.SIZE];
          buffer.flip().get(bytes);
          take(from, bytes);
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        // Such as a client that was told something and is gone: the next datagram is as good.
      }
    }
  }

  /** What the bus has no room for is lost, as on a network. */
  private void take(InetSocketAddress from, byte[] frame) {
    CanClient client = clients.get(from);
    if (client == null) {
      client = join(from);
    }
    if (client.hasRoom()) {
      inbox.add(new Happening.Sent(client, new String(frame, ISO_8859_1)));
    }
  }

  private CanClient join(InetSocketAddress from) {
    if (clients.size() == MOST_CLIENTS) {
      var eldest = clients.entrySet().iterator();
      inbox.add(new Happening.Left(eldest.next().getValue(), "a client by UDP"));
      eldest.remove();
    }
    CanClient client =
        gateway.client(
            new OutputQueue("track: UDP", OutputQueue.Peer.ABSENT, notices), TrackClient.IN_STEP);
    clients.put(from, client);
    known = Map.copyOf(clients);
    inbox.add(new Happening.Joined(client));
    if (told++ < MOST_CLIENTS) {
      notices.say(
          "track: a client by UDP from " + TrackTcp.text(from.getAddress(), from.getPort()));
    }
    return client;
  }

  private void tell(byte[] frame, @Nullable CanClient from) {
    for (InetSocketAddress to : listeners(from)) {
      try {
        channel.send(ByteBuffer.wrap(frame), to);
      } catch (IOException e) {
        if (!hasToldOfFailure && !isClosing) {
          hasToldOfFailure = true;
          notices.say(
              "track: cannot send to "
                  + TrackTcp.text(to.getAddress(), to.getPort())
                  + " ("
                  + HostErrors.reason(e)
                  + ")");
        }
      }
    }
  }

  /** All but who speaks, and its host's port for clients unless that is another client's. */
  private Set<InetSocketAddress> listeners(@Nullable CanClient from) {
    Map<InetSocketAddress, CanClient> present = known;
    Set<InetSocketAddress> all = new LinkedHashSet<>();
    if (own.getAddress().isLoopbackAddress()) {
      all.add(new InetSocketAddress(own.getAddress(), clientsPort));
    }
    for (InetSocketAddress client : present.keySet()) {
      all.add(client);
      all.add(new InetSocketAddress(client.getAddress(), clientsPort));
    }
    present.forEach((address, client) -> {
      InetSocketAddress shared = new InetSocketAddress(address.getAddress(), clientsPort);
      if (client == from) {
        all.remove(address);
        if (!present.containsKey(shared)) {
          all.remove(shared);
        }
      }
    });
    return all;
  }

  @Override
  public void close() throws IOException {
    isClosing = true;
    channel.close();
  }
}
