package dev.roundhouse.cli.measure;

import dev.roundhouse.cli.session.RecordingFile;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.calibration.Transcript;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.FileKind;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserFile;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.observe.LineWatch;
import dev.roundhouse.emulator.observe.MonitorTrace;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.Replay;
import dev.roundhouse.emulator.record.ReplayOutcome;
import dev.roundhouse.emulator.record.format.RecordingFormat;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What passed on the line to a box, of a recording, which is run again for it, or of a text that
 * {@code monitor} has shown.
 *
 * @param simulated the train set that was simulated at its end, if one was
 */
public record RecordedLine(Transcript transcript, Optional<TrainSetPlan> simulated) {
  private static final Pattern SHOWN =
      Pattern.compile(
          "(\\d{1,9})\\.(\\d{9})s  (\\S+)  (->|<-) box +(?:(\\d{1,3})  0x|([0-9A-F]{3,8}#\\S*) )");
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int LONGEST_LINE = 1000;
  private static final int BYTE_MASK = 0xff;

  /** A transcript hears what a monitor sees. */
  private record Ear(Transcript transcript) implements LineWatch {
    @Override
    public void toBox(long nanos, int value) {
      transcript.toBox(nanos, value);
    }

    @Override
    public void fromBox(long nanos, int value) {
      transcript.fromBox(nanos, value);
    }

    @Override
    public void frameToBox(long nanos, CanFrame frame) {
      transcript.frameToBox(nanos, frame);
    }

    @Override
    public void frameFromBox(long nanos, CanFrame frame) {
      transcript.frameFromBox(nanos, frame);
    }
  }

  /**
   * Reads a file.
   *
   * @param uart the line, if there are several to boxes
   * @param session how a recording is run again
   * @throws UserError if it is neither of the two, or its line cannot be told
   */
  public static RecordedLine read(
      Path file, OptionalInt uart, Session session, Session.ReplayPlan plan) throws UserError {
    boolean isRecording =
        UserFile.of(file, FileKind.RECORDING).read(RecordedLine::startsAsRecording);
    SortedMap<String, Transcript> lines = isRecording ? replayed(file, session, plan) : shown(file);
    String line = choose(file, uart, lines);
    Optional<TrainSetPlan> simulated = Optional.empty();
    if (isRecording) {
      int number =
          Cables.ALL.stream().filter(it -> Cables.name(it).equals(line)).findFirst().orElseThrow();
      simulated = RecordingFile.read(file).trains(number);
    }
    return new RecordedLine(lines.getOrDefault(line, new Transcript()), simulated);
  }

  private static boolean startsAsRecording(InputStream in) throws IOException {
    byte[] start = in.readNBytes(Long.BYTES);
    return start.length == Long.BYTES
        && new DataInputStream(new ByteArrayInputStream(start)).readLong() == RecordingFormat.MAGIC;
  }

  private static SortedMap<String, Transcript> replayed(
      Path file, Session session, Session.ReplayPlan plan) throws UserError {
    Recording recording = RecordingFile.read(file);
    SortedMap<String, Transcript> lines = new TreeMap<>();
    Cables.ALL.stream()
        .filter(line -> line != recording.notes().console())
        .forEach(line -> lines.put(Cables.name(line), new Transcript()));
    Map<String, LineWatch> ears =
        lines.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, line -> new Ear(line.getValue())));
    var nobody =
        new Replay.Listeners(
            OutputPort.none(),
            new MonitorTrace(new SilentTrace(), ears),
            violation -> {},
            (where, what) -> {});
    ReplayOutcome outcome =
        new Replay(recording, plan.limit().toNanos())
            .run(session.choose(plan.engine()).engine(), nobody, Replay.Observer.NOBODY);
    return switch (outcome) {
      case ReplayOutcome.Different(var difference) ->
          throw new UserError(
              ExitCode.DIFFERENT, file + ": does not replay as it was: " + difference.text());
      case ReplayOutcome.IdenticalUntilTimeout _ ->
          throw new UserError(
              ExitCode.TIMEOUT, file + ": --wall-timeout was reached before the recording's end");
      case ReplayOutcome.Identical _, ReplayOutcome.IdenticalUntilCut _ -> lines;
    };
  }

  private static SortedMap<String, Transcript> shown(Path file) throws UserError {
    return UserFile.of(file, FileKind.MONITORED_LINE)
        .read(in -> {
          BufferedReader text =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
          SortedMap<String, Transcript> lines = new TreeMap<>();
          StringBuilder line = new StringBuilder();
          for (int next = text.read(); next >= 0; next = text.read()) {
            if (next == '\n') {
              take(line, lines);
              line.setLength(0);
            } else if (line.length() < LONGEST_LINE) {
              line.append((char) next);
            }
          }
          return lines;
        });
  }

  private static void take(CharSequence line, SortedMap<String, Transcript> lines) {
    Matcher shown = SHOWN.matcher(line);
    if (shown.find()) {
      Transcript transcript = lines.computeIfAbsent(shown.group(3), name -> new Transcript());
      long nanos =
          Long.parseLong(shown.group(1)) * NANOS_PER_SECOND + Long.parseLong(shown.group(2));
      boolean isToBox = shown.group(4).equals("->");
      if (nanos < transcript.endNanos()) {
        return;
      }
      Optional<CanFrame> frame = Optional.ofNullable(shown.group(6)).flatMap(RecordedLine::frame);
      Optional<Integer> value =
          Optional.ofNullable(shown.group(5)).map(Integer::valueOf).filter(it -> it <= BYTE_MASK);
      if (isToBox) {
        frame.ifPresent(it -> transcript.frameToBox(nanos, it));
        value.ifPresent(it -> transcript.toBox(nanos, it));
      } else {
        frame.ifPresent(it -> transcript.frameFromBox(nanos, it));
        value.ifPresent(it -> transcript.fromBox(nanos, it));
      }
    }
  }

  private static Optional<CanFrame> frame(String text) {
    try {
      return Optional.of(CanFrame.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // Monitors show no such thing.
    }
  }

  private static String choose(Path file, OptionalInt uart, SortedMap<String, Transcript> lines)
      throws UserError {
    lines.values().removeIf(transcript -> transcript.sent().isEmpty());
    if (uart.isPresent()) {
      String name = Cables.name(uart.getAsInt());
      if (!lines.containsKey(name)) {
        throw new UserError(
            ExitCode.PROGRAM, file + ": nothing was sent on " + name + among(lines));
      }
      return name;
    }
    if (lines.isEmpty()) {
      throw new UserError(
          ExitCode.PROGRAM,
          file
              + ": nothing was sent to a box; give a recording of a run with --uart N=track:a,"
              + " --uart N=serial:DEVICE or --can TARGET, or what monitor has shown");
    }
    if (lines.size() > 1) {
      throw new UserError(
          ExitCode.USAGE, file + ": there are several lines" + among(lines) + "; give --uart N");
    }
    return lines.firstKey();
  }

  private static String among(SortedMap<String, Transcript> lines) {
    return lines.isEmpty() ? "" : " (" + String.join(", ", lines.keySet()) + ")";
  }
}
