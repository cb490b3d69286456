package dev.roundhouse.cli;

import dev.roundhouse.cli.converter.AddressConverter;
import dev.roundhouse.cli.converter.DurationConverter;
import dev.roundhouse.cli.converter.SocketAddressConverter;
import dev.roundhouse.cli.map.MapScreen;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.MapTerminal;
import dev.roundhouse.cli.options.TrackOptions;
import dev.roundhouse.cli.options.Values;
import dev.roundhouse.cli.session.TrackSession;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserPath;
import dev.roundhouse.emulator.input.TrainWatcher;
import dev.roundhouse.emulator.trackserver.TrackServer.Patience;
import java.net.InetAddress;
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
      "LAYOUT is a, b, c, d or a layout file. The train set runs in real time behind the layout's"
          + " box; what speaks its protocol can drive it, several clients at a time. Ctrl-C ends it.",
      "",
      "A Märklin 6051 (a, b) speaks bytes by --tcp or --pty. One for which the box is not ready"
          + " waits, as there is no clear-to-send line here. A Central Station 3 (c, d) speaks its"
          + " Ethernet form, frames of 13 bytes, by --udp, --tcp or --pty."
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse track a --train 24@C13 --tcp 6051",
      "  roundhouse track b --train 24@C13 --train 58@D11 --pty /tmp/marklin --faults faults.json",
      "  roundhouse track c --train 14@C13 --udp --tcp 15731"
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
      names = "--udp",
      arity = "0..1",
      fallbackValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description =
          "Listen there at port 15731, and send to port 15730 of clients; without an address on"
              + " 127.0.0.1.")
  private @Nullable InetAddress udp;

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
    if (tcp == null && udp == null && pty == null) {
      throw new UserError(ExitCode.USAGE, "track needs --tcp PORT, --udp or --pty, or several");
    }
    TrackSession.Doors doors =
        new TrackSession.Doors(
            Optional.ofNullable(tcp),
            Optional.ofNullable(udp),
            pty != null,
            Optional.ofNullable(pty).filter(link -> !link.isEmpty()).map(Path::of));
    TrainSetPlan plan = track.request().on(layout);
    check(plan);
    Patience patience = isLossy ? Patience.LOSSY : Patience.WAITS;
    return map == null
        ? serve(plan, patience, doors, plainShow())
        : serveWithMap(plan, patience, doors, map);
  }

  private void check(TrainSetPlan plan) throws UserError {
    String name = plan.layout().name();
    boolean isOnCan = plan.box().kind() == BoxKind.CS3;
    if (udp != null && !isOnCan) {
      throw new UserError(
          ExitCode.USAGE,
          "--udp: " + name + " has a 6051, which is not on CAN; give --tcp PORT, or --box cs3");
    }
    if (isLossy && isOnCan) {
      throw new UserError(
          ExitCode.USAGE,
          "--lossy: " + name + " has a CS3, which has no clear to send; leave it out");
    }
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
