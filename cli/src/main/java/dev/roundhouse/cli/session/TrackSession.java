package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.input.TrainWatcher;
import dev.roundhouse.emulator.process.Endings;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.trackserver.TrackServer;
import dev.roundhouse.emulator.trackserver.TrackServer.Patience;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Serves a simulated train set until the user ends it. */
public final class TrackSession {
  /** Where stations listen, and where clients do ("CAN CS2 Protokoll 2.0", 1.2.7). */
  private static final int STATIONS_PORT = 15_731;

  private static final int CLIENTS_PORT = 15_730;

  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final PrintStream out;
  private final Show show;
  private final Endings endings;

  /**
   * How a user follows it.
   *
   * @param watcher sees the track
   * @param speaker is told what happens, from any thread
   */
  public record Show(TrainWatcher watcher, BiConsumer<Messages.Tone, String> speaker) {}

  /** A session of a process with that output and those endings. */
  public TrackSession(PrintStream out, Show show, Endings endings) {
    this.out = out;
    this.show = show;
    this.endings = endings;
  }

  private void print(String line) {
    out.print(Printable.lines(line) + "\n");
    out.flush();
  }

  /**
   * How clients reach the train set.
   *
   * @param tcp where to listen
   * @param udp where to listen for datagrams
   * @param hasPty whether a pseudo-terminal is wanted
   * @param link the pseudo-terminal's other path
   */
  public record Doors(
      Optional<InetSocketAddress> tcp,
      Optional<InetAddress> udp,
      boolean hasPty,
      Optional<Path> link) {}

  /**
   * Serves until the process is told to end, or for so long.
   *
   * @throws UserError when it cannot be reached as wished
   */
  public ExitCode serve(
      TrainSetPlan plan,
      Patience patience,
      Doors doors,
      Optional<String> monitor,
      Optional<Duration> limit)
      throws UserError {
    try (MonitorFile file = MonitorFile.open(monitor, this::print);
        TrackServer server =
            new TrackServer(
                plan,
                patience,
                new TrackServer.Listeners(
                    new SilentTrace(),
                    (where, what) ->
                        show.speaker()
                            .accept(Messages.Tone.WARNING, "warning: " + where + ": " + what),
                    file.watch("track"),
                    line -> show.speaker().accept(Messages.Tone.PLAIN, line)))) {
      Endings.Promise _ = endings.before(server::close);
      if (doors.tcp().isPresent()) {
        server.listen(doors.tcp().get());
      }
      if (doors.udp().isPresent()) {
        server.listenToDatagrams(
            new InetSocketAddress(doors.udp().get(), STATIONS_PORT), CLIENTS_PORT);
      }
      if (doors.hasPty()) {
        server.openPty(doors.link());
      }
      server.watchedBy(show.watcher());
      server.run(limit.orElse(FOREVER));
      return ExitCode.FINISHED;
    } catch (HostFailure e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }
}
