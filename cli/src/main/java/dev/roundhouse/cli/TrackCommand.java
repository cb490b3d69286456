package dev.roundhouse.cli;

import dev.roundhouse.cli.map.MapScreen;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.DurationConverter;
import dev.roundhouse.cli.options.MapTerminal;
import dev.roundhouse.cli.options.SocketAddressConverter;
import dev.roundhouse.cli.options.TrackOptions;
import dev.roundhouse.cli.options.Values;
import dev.roundhouse.cli.session.TrackSession;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserPath;
import dev.roundhouse.emulator.input.TrainWatcher;
import dev.roundhouse.emulator.trackserver.TrackServer.Patience;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code track}: serves a simulated train set to other control software. */
@Command(
    name = "track",
    header = "Serve a simulated train set to other control software.",
    description = {
      "LAYOUT is a, b, c, d or a layout file. The train set runs in real time behind a Märklin 6051"
          + " interface; what speaks its protocol can drive it, several clients at a time."
          + " Ctrl-C ends it.",
      "",
      "A byte for which the box is not ready waits, as there is no clear-to-send line here."
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse track a --train 24@C13 --tcp 6051",
      "  roundhouse track b --train 24@C13 --train 58@D11 --pty /tmp/marklin --faults faults.json"
    })
final class TrackCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "LAYOUT",
      completionCandidates = Values.Tracks.class,
      description = "a, b, c, d or a layout file.")
  private String layout = "";

  @Mixin private TrackOptions track = new TrackOptions();

  @Option(
      names = "--tcp",
      paramLabel = "[ADDRESS:]PORT",
      converter = SocketAddressConverter.class,
      description = "Listen there; without an address on 127.0.0.1. Port 0 is any that is free.")
  private @Nullable InetSocketAddress tcp;

  @Option(
      names = "--pty",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "LINK",
      description = "Make a pseudo-terminal, and this link to it.")
  private @Nullable String pty;

  @Option(
      names = "--lossy",
      description = "Lose bytes for which the box is not ready, as a client that ignores CTS does.")
  private boolean isLossy;

  @Option(
      names = "--monitor",
      paramLabel = "FILE",
      description = "Write each byte on the line and its meaning into this file; - is stdout.")
  private @Nullable String monitor;

  @Option(
      names = "--map",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "TTY",
      description = "Show the track as a map, here or on that terminal, as in /dev/pts/3.")
  private @Nullable String map;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "End after this much real time.")
  private @Nullable Duration limit;

  TrackCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    if (tcp == null && pty == null) {
      throw new UserError(ExitCode.USAGE, "track needs --tcp PORT, --pty or both");
    }
    TrackSession.Doors doors =
        new TrackSession.Doors(
            Optional.ofNullable(tcp),
            pty != null,
            Optional.ofNullable(pty).filter(link -> !link.isEmpty()).map(Path::of));
    TrainSetPlan plan = track.request().on(layout);
    Patience patience = isLossy ? Patience.LOSSY : Patience.WAITS;
    return map == null
        ? serve(plan, patience, doors, plainShow())
        : serveWithMap(plan, patience, doors, map);
  }

  private TrackSession.Show plainShow() {
    return new TrackSession.Show(TrainWatcher.NOBODY, context.messages()::say);
  }

  private int serve(
      TrainSetPlan plan, Patience patience, TrackSession.Doors doors, TrackSession.Show show)
      throws UserError {
    return new TrackSession(context.out(), show, context.standard().endings())
        .serve(plan, patience, doors, Optional.ofNullable(monitor), Optional.ofNullable(limit))
        .code();
  }

  /** Where the map is on the command's own terminal, what there is to say is shown beneath it. */
  private int serveWithMap(
      TrainSetPlan plan, Patience patience, TrackSession.Doors doors, String terminal)
      throws UserError {
    MapTerminal terminals = new MapTerminal(context.environment(), context.standard().endings());
    if (!terminal.isEmpty()) {
      try (MapScreen screen = terminals.at(UserPath.of(terminal))) {
        return serve(plan, patience, doors, new TrackSession.Show(screen, context.messages()::say));
      }
    }
    if ("-".equals(monitor)) {
      throw new UserError(ExitCode.USAGE, "--map and --monitor - both need stdout");
    }
    try (MapScreen screen = terminals.own()) {
      return serve(
          plan, patience, doors, new TrackSession.Show(screen, (_, text) -> screen.say(text)));
    }
  }
}
