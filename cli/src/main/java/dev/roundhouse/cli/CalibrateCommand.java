package dev.roundhouse.cli;

import dev.roundhouse.cli.measure.CalibrationText;
import dev.roundhouse.cli.measure.RecordedLine;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.JsonOption;
import dev.roundhouse.cli.options.ReplayOptions;
import dev.roundhouse.cli.options.TrackOptions;
import dev.roundhouse.cli.options.UartLine;
import dev.roundhouse.cli.options.Values;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.calibration.Calibration;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.emulator.setup.TrackRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code calibrate}: estimates what locomotives do from a recording. */
@Command(
    name = "calibrate",
    header = "Estimate what locomotives do from a recorded session.",
    description = {
      "RECORDING was written by run or boot with --record, or is what monitor, or --monitor FILE, has"
          + " shown. From what was sent to the box, a 6051 or a Central Station on CAN, and the contacts that it told, with their times, and"
          + " from nothing else, speeds by level, accelerations and stopping distances are estimated, each with an"
          + " interval in which it is with a probability of 95 %%, and what to drive next to narrow these.",
      "",
      "The file of -o is for --locomotives: levels that were not driven are in it as locomotives like"
          + " this one have them."
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse calibrate session.rec --track a -o loco.json",
      "  roundhouse monitor --uart 3=serial:/dev/ttyUSB0 > session.txt",
      "  roundhouse calibrate session.txt --track a -o loco.json",
      "  roundhouse track a --train 24@C13 --locomotives loco.json"
    })
final class CalibrateCommand implements Callable<Integer> {
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
      description =
          "The track: a, b, c, d or a layout file; that of the recording if it was simulated.")
  private @Nullable String track;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write a locomotives' file for --locomotives there.")
  private @Nullable Path output;

  @Option(
      names = "--train",
      paramLabel = "N@SENSOR",
      converter = TrackOptions.Train.Converter.class,
      description =
          "Past which sensor a train stood at the start: needed when several start at once.")
  private List<TrackOptions.Train> trains = new ArrayList<>();

  @Option(
      names = "--uart",
      paramLabel = "N",
      converter = UartLine.NumberConverter.class,
      description = "The line to the box, if there are several.")
  private @Nullable Integer uart;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private ReplayOptions replay = new ReplayOptions();

  CalibrateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    if (output != null
        && output.toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize())) {
      throw new UserError(ExitCode.USAGE, "-o " + output + ": is the recording; give another file");
    }
    Session session = new Session(context.standard(), context.messages(), context.environment());
    Optional<Layout> wanted =
        track == null ? Optional.empty() : Optional.of(TrackRequest.NONE.on(track).layout());
    RecordedLine line =
        RecordedLine.read(
            file,
            uart == null ? OptionalInt.empty() : OptionalInt.of(uart),
            session,
            replay.plan(RunPlan.Summary.TEXT));
    Layout layout =
        wanted
            .or(() -> line.simulated().map(TrainSetPlan::layout))
            .orElseThrow(() ->
                new UserError(
                    ExitCode.USAGE, file + ": is of a real line; say of which --track LAYOUT"));
    Calibration calibration = calibrate(line, layout);
    if (calibration.trains().isEmpty()) {
      throw new UserError(
          ExitCode.PROGRAM,
          "%s: no train can be followed on %s: %d commands, and contacts closed %d times"
              .formatted(
                  file,
                  layout.name(),
                  line.transcript().commands().size(),
                  calibration.closings()));
    }
    CalibrationText text = new CalibrationText(layout.name(), calibration);
    context
        .out()
        .print(
            Printable.lines(json.isWanted() ? text.json() : String.join("\n", text.lines()))
                + "\n");
    write(calibration, layout);
    return ExitCode.FINISHED.code();
  }

  private Calibration calibrate(RecordedLine line, Layout layout) throws UserError {
    Map<Integer, String> places = new TreeMap<>();
    trains.forEach(train -> places.put(train.number(), train.sensor()));
    try {
      return Calibration.of(line.transcript(), layout, places);
    } catch (DescriptionException e) {
      throw new UserError(ExitCode.USAGE, "--train: " + e.getMessage(), e);
    }
  }

  private void write(Calibration calibration, Layout layout) throws UserError {
    if (output == null) {
      return;
    }
    String source = "calibrated from " + file.getFileName() + " on " + layout.name();
    try {
      Files.writeString(output, calibration.document(Printable.line(source)));
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          "-o "
              + output
              + ": cannot be written ("
              + HostErrors.reason(e)
              + "); give the path of a file",
          e);
    }
  }
}
