package dev.roundhouse.emulator.trackserver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.roundhouse.emulator.lines.OutputQueue;
import dev.roundhouse.emulator.platform.PseudoTerminal;
import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.HostThreads;
import dev.roundhouse.emulator.process.Notices;
import dev.roundhouse.emulator.trackserver.TrackServer.Happening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A client of a train set by a pseudo-terminal: whatever opens it, one after another. */
final class TrackPty implements AutoCloseable {
  private static final int CHUNK_BYTES = 256;
  private static final int LOOK_MILLIS = 20;
  private static final int PATIENCE_MILLIS = 1000;

  private final PseudoTerminal pty;
  private final Queue<Happening> inbox;
  private final TrackClient client;
  private final Notices notices;
  private final AtomicBoolean isClosing = new AtomicBoolean();
  private final List<Thread> threads;
  private Optional<Path> link = Optional.empty();

  private TrackPty(
      PseudoTerminal pty, Queue<Happening> inbox, TrackClient client, Notices notices) {
    this.pty = pty;
    this.inbox = inbox;
    this.client = client;
    this.notices = notices;
    inbox.add(new Happening.Joined(client));
    threads =
        List.of(
            HostThreads.start("track-pty-in", this::read),
            HostThreads.start("track-pty-out", this::write));
  }

  static TrackPty open(
      Queue<Happening> inbox, Function<OutputQueue, TrackClient> clients, Notices notices)
      throws HostFailure {
    PseudoTerminal pty = pseudoTerminal();
    OutputQueue answers =
        new OutputQueue("track: " + pty.path(), OutputQueue.Peer.PRESENT, notices);
    return new TrackPty(pty, inbox, clients.apply(answers), notices);
  }

  /**
   * Makes it known where it is, and makes it found at another path too until it is closed.
   *
   * @throws HostFailure when the link cannot be made
   */
  synchronized void announce(Optional<Path> wanted) throws HostFailure {
    if (isClosing.get()) {
      return;
    }
    if (wanted.isPresent()) {
      try {
        make(wanted.get(), pty.path());
        link = wanted;
      } catch (IOException e) {
        throw new HostFailure(
            "--pty "
                + wanted.get()
                + ": the link cannot be made ("
                + HostErrors.reason(e)
                + "); give a path that is free",
            e);
      }
    }
    notices.say("track: " + wanted.map(path -> path + " -> ").orElse("") + pty.path());
  }

  private static PseudoTerminal pseudoTerminal() throws HostFailure {
    try {
      return PseudoTerminal.open();
    } catch (IOException | RuntimeException e) {
      throw new HostFailure(
          "--pty: no pseudo-terminal on this host (" + e.getMessage() + "); use --tcp PORT", e);
    }
  }

  /** A link that a server left behind which was killed is replaced; nothing else is. */
  private static void make(Path link, String path) throws IOException {
    if (Files.isSymbolicLink(link) && !Files.exists(link)) {
      Files.delete(link);
    }
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("there is something already");
    }
    Files.createSymbolicLink(link, Path.of(path));
  }

  String path() {
    return pty.path();
  }

  private void read() {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      while (!isClosing.get()) {
        int count = pty.read(buffer, LOOK_MILLIS);
        if (count > 0) {
          client.awaitRoom(count);
          inbox.add(new Happening.Sent(client, new String(buffer, 0, count, ISO_8859_1)));
        }
      }
    } catch (IOException e) {
      inbox.add(new Happening.Left(client, "the terminal's client"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      while (!isClosing.get()) {
        int count = client.answers().take(buffer, LOOK_MILLIS);
        int written = 0;
        while (written < count && !isClosing.get()) {
          written += pty.write(buffer, written, count - written, LOOK_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (isClosing.getAndSet(true)) {
      return;
    }
    threads.forEach(Thread::interrupt);
    threads.forEach(thread -> HostThreads.join(thread, PATIENCE_MILLIS));
    pty.close();
    if (link.isPresent() && leadsHere(link.get())) {
      Files.delete(link.get());
    }
  }

  private boolean leadsHere(Path path) throws IOException {
    return Files.isSymbolicLink(path) && Files.readSymbolicLink(path).equals(Path.of(pty.path()));
  }
}
