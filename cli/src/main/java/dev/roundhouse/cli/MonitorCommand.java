package dev.roundhouse.cli;

import dev.roundhouse.cli.converter.DurationConverter;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.ReplayOptions;
import dev.roundhouse.cli.options.SerialOptions;
import dev.roundhouse.cli.options.TrackOptions;
import dev.roundhouse.cli.options.UartLine;
import dev.roundhouse.cli.session.MonitorSession;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
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

/** {@code monitor}: shows what goes over the line to an interface box. */
@Command(
    name = "monitor",
    header = "Show what goes over the line to an interface box, byte by byte.",
    description = {
      "With FILE, a recording: runs it again and shows what its program and the box said to each"
          + " other. With --uart: takes the place of the program at that line, sends what is typed"
          + " or piped in, and shows both directions.",
      "",
      "Type, a line at a time: speed 24 8, reverse 24, switch 7 c (or s), stop, go, sensors; or bytes"
          + " as numbers. With one wrong word nothing of a line is sent. On a terminal Esc stops all"
          + " trains at once, Ctrl-C stops them and leaves, Ctrl-D leaves.",
      "",
      "To look at a program while it runs: run --monitor FILE."
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse monitor run.rec",
      "  roundhouse monitor --uart 3=serial:/dev/ttyUSB0 --serial-speed-cap 8",
      "  echo 96 10 24 133 | roundhouse monitor --uart 3=track:a --train 24@C13"
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

  @Mixin private TrackOptions track = new TrackOptions();

  @Mixin private SerialOptions serial = new SerialOptions();

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
    if (recording != null && line == null) {
      return session.replay(recording, replay.plan(RunPlan.Summary.TEXT));
    }
    if (recording != null || line == null) {
      throw new UserError(
          ExitCode.USAGE, "monitor needs a recording or --uart N=TARGET, one of them");
    }
    MonitorSession.Line wanted =
        new MonitorSession.Line(line.uart(), line.target(), serial.settings(), patience);
    if (line.target() instanceof LineTarget.Track(String layout)) {
      return session.listen(wanted, Optional.of(track.request().on(layout))).code();
    }
    return session.listen(wanted, Optional.empty()).code();
  }
}
