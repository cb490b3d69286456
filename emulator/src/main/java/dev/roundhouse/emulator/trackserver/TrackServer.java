package dev.roundhouse.emulator.trackserver;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.devices.train.BoxCable;
import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.emulator.input.TrainWatcher;
import dev.roundhouse.emulator.lines.HostEnd;
import dev.roundhouse.emulator.lines.OutputQueue;
import dev.roundhouse.emulator.observe.LineWatch;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.HostThreads;
import dev.roundhouse.emulator.process.Notices;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A simulated train set in real time for control software that is not ours, over TCP or a
 * pseudo-terminal. One thread, that of {@link #run}, owns the train set.
 */
public final class TrackServer implements AutoCloseable {
  private static final long LONGEST_WAIT_NANOS = 20_000_000;

  /** What the simulation catches up after a pause of the host; more is left out. */
  private static final long LONGEST_LAG_NANOS = 250_000_000;

  /** For so long what a client wanted done is still done when it has left. */
  private static final long LONGEST_AFTER_NANOS = 1_000_000_000;

  private final Listeners audience;
  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final TrainSet trains;
  private final TrackWire wire;
  private TrainWatcher watcher = TrainWatcher.NOBODY;
  private final LinkedBlockingQueue<Happening> inbox = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> doors = new ArrayList<>();
  private volatile boolean isEnding;
  private long start;

  /** What becomes of bytes for which the box is not ready. */
  public enum Patience {
    /** They wait, since clients have no clear-to-send line. */
    WAITS,
    /** They are lost, as for a client that has the line and does not look. */
    LOSSY
  }

  /**
   * Who hears of it.
   *
   * @param trace the train set's events
   * @param warnings accidents and misuse
   * @param watch the bytes on the line
   * @param notices about clients
   */
  public record Listeners(TraceSink trace, Warnings warnings, LineWatch watch, Notices notices) {}

  /** Something for the thread that owns the train set. */
  sealed interface Happening {
    record Joined(TrackClient client) implements Happening {}

    /** Bytes that came together, a character for each. */
    record Sent(TrackClient client, String bytes) implements Happening {}

    record Left(TrackClient client, String name) implements Happening {}
  }

  /** A train set that nobody can reach yet. */
  public TrackServer(TrainSetPlan plan, Patience patience, Listeners audience) {
    this.audience = audience;
    trains = plan.in(new TrainSet.Machine(clock, agenda, audience.trace(), audience.warnings()));
    wire =
        switch (trains.cable()) {
          case BoxCable.Serial cable ->
              new TrackLine(clock, agenda, cable, patience, audience.watch());
          case BoxCable.Can(var bus, var _) ->
              new CanGateway(clock, agenda, bus, audience.watch(), audience.notices());
        };
  }

  private TrackClient connection(OutputQueue answers) {
    return wire.client(answers, TrackClient.READ_AHEAD);
  }

  /**
   * Listens for clients.
   *
   * @return the port, for {@code address} with port 0
   * @throws HostFailure when it cannot listen there
   */
  public int listen(InetSocketAddress address) throws HostFailure {
    TrackTcp tcp = TrackTcp.open(address, inbox, this::connection, audience.notices());
    add(tcp);
    return tcp.port();
  }

  /**
   * Listens for datagrams, if the box is on CAN.
   *
   * @param clientsPort where clients listen
   * @return the port, for {@code address} with port 0
   * @throws HostFailure when it cannot listen there
   */
  public int listenToDatagrams(InetSocketAddress address, int clientsPort) throws HostFailure {
    if (!(wire instanceof CanGateway gateway)) {
      throw new IllegalStateException("no box on CAN");
    }
    TrackUdp udp = TrackUdp.open(address, clientsPort, inbox, gateway, audience.notices());
    add(udp);
    return udp.port();
  }

  /**
   * Makes a pseudo-terminal.
   *
   * @param link a path at which it shall be found too
   * @throws HostFailure when there is none, or the link cannot be made
   */
  public String openPty(Optional<Path> link) throws HostFailure {
    TrackPty pty = TrackPty.open(inbox, this::connection, audience.notices());
    add(pty);
    pty.announce(link);
    return pty.path();
  }

  /**
   * A client inside this process, as a far end of a line. Its sender waits while the box is not
   * ready for more.
   */
  public HostEnd localEnd() {
    TrackLocal local =
        new TrackLocal(
            inbox,
            wire.client(
                new OutputQueue("track", OutputQueue.Peer.PRESENT, audience.notices()),
                TrackClient.IN_STEP));
    add(local);
    return local;
  }

  private void add(AutoCloseable door) {
    synchronized (doors) {
      if (isEnding) {
        HostThreads.closeQuietly(door);
      } else {
        doors.add(door);
      }
    }
  }

  /** Lets somebody see the track while it is served; before {@link #run}. */
  public void watchedBy(TrainWatcher newWatcher) {
    watcher = newWatcher;
  }

  /** Serves until {@link #close}, or for so long. */
  public void run(Duration limit) {
    start = System.nanoTime();
    long begun = start;
    try {
      while (!isEnding && System.nanoTime() - begun < limit.toNanos()) {
        advance();
        long wait = Math.min(agenda.nextNanos() - clock.nanos(), LONGEST_WAIT_NANOS);
        Happening first = inbox.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS);
        advance();
        for (Happening each = first; each != null; each = inbox.poll()) {
          take(each);
        }
        wire.goOn();
        watcher.look(clock.nanos(), trains::snapshot);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void advance() {
    long now = System.nanoTime() - start;
    if (now - clock.nanos() > LONGEST_LAG_NANOS) {
      start += now - clock.nanos();
      return;
    }
    while (agenda.nextNanos() <= now) {
      clock.advanceTo(Math.max(agenda.nextNanos(), clock.nanos()));
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(Math.max(now, clock.nanos()));
  }

  private void take(Happening happening) {
    switch (happening) {
      case Happening.Joined(var client) -> wire.join(client);
      case Happening.Sent(var client, var bytes) -> client.take(bytes);
      case Happening.Left(var client, var name) -> leave(client, name);
    }
  }

  /** What a client that is gone wanted done is done for a while; it shall not drive for minutes. */
  private void leave(TrackClient client, String name) {
    wire.leave(client);
    agenda
        .alarm("track client gone", at -> forget(client, name))
        .setAt(clock.nanos() + LONGEST_AFTER_NANOS);
  }

  private void forget(TrackClient client, String name) {
    int dropped = client.drop();
    if (dropped > 0) {
      audience
          .notices()
          .say("track: " + name + " had left " + dropped + " bytes to be served: they are dropped");
    }
  }

  /** Serves on a thread of its own. */
  public void start() {
    HostThreads.start("track", () -> run(Duration.ofNanos(Long.MAX_VALUE)));
  }

  /**
   * Ends {@link #run} and lets clients go. Any thread may do so; one that comes second waits for
   * the first, since the process may end behind it.
   */
  @Override
  public void close() {
    isEnding = true;
    synchronized (doors) {
      doors.forEach(HostThreads::closeQuietly);
      doors.clear();
    }
  }
}
