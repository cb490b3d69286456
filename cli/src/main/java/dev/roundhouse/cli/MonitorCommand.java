package dev.roundhouse.cli;

import dev.roundhouse.cli.converter.CanTargetConverter;
import dev.roundhouse.cli.converter.DurationConverter;
import dev.roundhouse.cli.options.CanOptions;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.ReplayOptions;
import dev.roundhouse.cli.options.SerialOptions;
import dev.roundhouse.cli.options.TrackOptions;
import dev.roundhouse.cli.options.UartLine;
import dev.roundhouse.cli.session.MonitorSession;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.lines.HostEnds;
import dev.roundhouse.emulator.lines.LineTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code monitor}: shows what goes over the line or bus to a box. */
@Command(
    name = "monitor",
    header = "Show what goes over the line or bus to a box, with its meaning.",
    description = {
      "With FILE, a recording: runs it again and shows what its program and the box said to each"
          + " other. With --uart or --can: takes the place of the program there, sends what is typed"
          + " or piped in, and shows both directions.",
      "",
      "Type, a line at a time: speed 24 8, reverse 24, switch 7 c (or s), stop, go, sensors; or bytes"
          + " as numbers, on CAN frames such as 0000C300#0000000001. With one wrong word nothing of a"
          + " line is sent. On a terminal Esc stops all trains at once, Ctrl-C stops them and leaves,"
          + " Ctrl-D leaves.",
      "",
      "To look at a program while it runs: run --monitor FILE."
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse monitor run.rec",
      "  roundhouse monitor --uart 3=serial:/dev/ttyUSB0 --serial-speed-cap 8",
      "  echo 96 10 24 133 | roundhouse monitor --uart 3=track:a --train 24@C13",
      "  echo 'speed 14 8' | roundhouse monitor --can track:c --train 14@C13 --for 5s"
    })
final class MonitorCommand implements Callable<Integer> {
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "A recording.")
  private @Nullable Path recording;

  @Option(
      names = "--uart",
      paramLabel = "N=TARGET",
      converter = UartLine.Converter.class,
      description = "The line to look at, and what is at its far end, as for run.")
  private @Nullable UartLine line;

  @Option(
      names = "--can",
      paramLabel = "TARGET",
      converter = CanTargetConverter.class,
      description = "The CAN bus to look at: what is on it, as for run.")
  private @Nullable LineTarget can;

  @Mixin private TrackOptions track = new TrackOptions();

  @Mixin private SerialOptions serial = new SerialOptions();

  @Mixin private CanOptions canOptions = new CanOptions();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Go on for so long after the input's end; 1s if not given.")
  private Duration patience = WAIT;

  @Mixin private ReplayOptions replay = new ReplayOptions();

  MonitorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    MonitorSession session =
        new MonitorSession(
            context.standard(), context.out(), context.messages(), context.environment());
    UartLine looked = can == null ? line : new UartLine(Cables.CAN, can);
    if (recording != null && looked == null) {
      return session.replay(recording, replay.plan(RunPlan.Summary.TEXT));
    }
    if (recording != null || looked == null || (can != null && line != null)) {
      throw new UserError(
          ExitCode.USAGE,
          "monitor needs a recording, --uart N=TARGET or --can TARGET, one of them");
    }
    MonitorSession.Line wanted =
        new MonitorSession.Line(
            looked.uart(),
            looked.target(),
            new HostEnds.Settings(serial.settings(), canOptions.settings()),
            patience);
    if (looked.target() instanceof LineTarget.Track(String layout)) {
      return session.listen(wanted, Optional.of(track.request().on(layout))).code();
    }
    return session.listen(wanted, Optional.empty()).code();
  }
}
