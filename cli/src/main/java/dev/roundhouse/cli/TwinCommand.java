package dev.roundhouse.cli;

import dev.roundhouse.cli.converter.DurationConverter;
import dev.roundhouse.cli.measure.RecordedLine;
import dev.roundhouse.cli.measure.TwinText;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.JsonOption;
import dev.roundhouse.cli.options.ReplayOptions;
import dev.roundhouse.cli.options.TrackOptions;
import dev.roundhouse.cli.options.UartLine;
import dev.roundhouse.cli.options.Values;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.calibration.Twin;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.setup.TrackRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twin}: a recorded session beside a simulation of the same commands. */
@Command(
    name = "twin",
    header = "Compare a recorded session of a real track with a simulation.",
    description = {
      "RECORDING was written by run or boot with --record, or is what monitor, or --monitor FILE, has"
          + " shown. A simulated track is sent the same bytes or frames at the same times. For each contact that closed,"
          + " shows by how much the simulation was later, and at the end where the two part first: a contact that"
          + " closed in one of them only, or at times further apart than --tolerance. Then it ends with exit"
          + " code 7, otherwise with 0.",
      "",
      "With the recording of a simulated track, its trains are those of the recording."
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse twin session.rec --track a --train 24@C13 --locomotives loco.json",
      "  roundhouse twin session.txt --track b --train 24@C13 --turnout 5=C --json"
    })
final class TwinCommand implements Callable<Integer> {
  private static final double NANOS_PER_SECOND = 1e9;

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "RECORDING",
      description = "A recording, or what monitor has shown.")
  private Path file = Path.of("");

  @Option(
      names = "--track",
      paramLabel = "LAYOUT",
      completionCandidates = Values.Tracks.class,
      description = "The track to simulate: a, b, c, d or a layout file.")
  private @Nullable String layout;

  @Mixin private TrackOptions track = new TrackOptions();

  @Option(
      names = "--uart",
      paramLabel = "N",
      converter = UartLine.NumberConverter.class,
      description = "The line to the box, if there are several.")
  private @Nullable Integer uart;

  @Option(
      names = "--tolerance",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "So far apart at most is the same; 1s if not given.")
  private Duration tolerance = Duration.ofSeconds(1);

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private ReplayOptions replay = new ReplayOptions();

  TwinCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    TrackRequest request = track.request();
    Optional<TrainSetPlan> wanted =
        layout == null ? Optional.empty() : Optional.of(request.on(layout));
    if (wanted.isEmpty() && !request.isEmpty()) {
      throw new UserError(
          ExitCode.USAGE, "options about trains need --track LAYOUT, on which they are");
    }
    RecordedLine line =
        RecordedLine.read(
            file,
            uart == null ? OptionalInt.empty() : OptionalInt.of(uart),
            new Session(context.standard(), context.messages(), context.environment()),
            replay.plan(RunPlan.Summary.TEXT));
    TrainSetPlan plan =
        wanted
            .or(line::simulated)
            .orElseThrow(() ->
                new UserError(
                    ExitCode.USAGE,
                    file
                        + ": is of a real line; say what was on it: --track LAYOUT --train N@SENSOR"));
    double seconds = tolerance.toNanos() / NANOS_PER_SECOND;
    Twin twin = Twin.of(line.transcript(), plan, seconds);
    ExitCode exitCode = twin.parting().isEmpty() ? ExitCode.FINISHED : ExitCode.DIFFERENT;
    TwinText text = new TwinText(twin, seconds);
    context
        .out()
        .print(
            Printable.lines(
                    json.isWanted() ? text.json(exitCode.code()) : String.join("\n", text.lines()))
                + "\n");
    return exitCode.code();
  }
}
