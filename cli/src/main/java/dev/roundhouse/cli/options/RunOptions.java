package dev.roundhouse.cli.options;

import dev.roundhouse.cli.converter.DurationConverter;
import dev.roundhouse.cli.session.AwaitedTexts;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.RunPlan.Trace.Detail;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.run.RunLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a run goes and what is told of it: the options that run and boot share. */
public final class RunOptions {
  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "End the run after this much virtual time, as in 5s, 200ms, 10us, 1m.")
  private @Nullable Duration timeout;

  @Option(
      names = "--wall-timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "End the run after this much real time.")
  private @Nullable Duration wallTimeout;

  @Option(
      names = "--realtime",
      description =
          "Let virtual time keep pace with real time; implied by a terminal as stdin, tcp, pty and"
              + " serial.")
  private boolean isRealTime;

  @Option(
      names = "--engine",
      paramLabel = "FILE",
      description = "The engine library to use, in place of the best that is found.")
  private @Nullable Path engine;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write what kernel and devices do into this file, one JSON object a line.")
  private @Nullable Path trace;

  @Option(
      names = "--trace-source",
      description =
          "Have --trace tell the line of the source of each system call and interruption.")
  private boolean isSourceTraced;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Record the run into this file, for the command replay.")
  private @Nullable Path recording;

  @Option(
      names = "--monitor",
      paramLabel = "FILE",
      description =
          "Write each byte to and from a train set and its meaning into this file; - is stderr.")
  private @Nullable String monitor;

  @Option(
      names = JsonOption.NAME,
      description = "Say in a JSON object how the run went, as the last line of stderr.")
  private boolean isJsonWanted;

  @Option(
      names = "--expect-text",
      paramLabel = "TEXT",
      converter = SomeText.class,
      description =
          "End the run with exit code 0 when the console has printed this text, with 7 if it ends"
              + " without; of several, one behind the other.")
  private List<String> expected = new ArrayList<>();

  @Option(
      names = "--fail-text",
      paramLabel = "TEXT",
      converter = SomeText.class,
      description = "End the run with exit code 7 when the console has printed this text.")
  private List<String> failing = new ArrayList<>();

  /** The engine library that the user names. */
  public Optional<Path> engine() {
    return Optional.ofNullable(engine);
  }

  /** Limits and pacing. */
  public RunPlan.Pace pace() {
    return new RunPlan.Pace(
        new RunLimits(nanos(timeout), nanos(wallTimeout)),
        isRealTime ? MachineConfig.Pacing.REAL_TIME : MachineConfig.Pacing.UNPACED);
  }

  /** Whether a trace is to tell lines of the source. */
  public boolean isSourceTraced() {
    return isSourceTraced;
  }

  /** What is kept or told of the run. */
  public RunPlan.Outputs outputs() {
    return new RunPlan.Outputs(
        Optional.ofNullable(trace)
            .map(file ->
                new RunPlan.Trace(file, isSourceTraced ? Detail.WITH_SOURCE : Detail.EVENTS)),
        Optional.ofNullable(recording),
        isJsonWanted ? RunPlan.Summary.JSON : RunPlan.Summary.TEXT,
        Optional.ofNullable(monitor),
        new AwaitedTexts(expected, failing));
  }

  /** Reads a text that is not empty. */
  static final class SomeText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.isEmpty()) {
        throw new TypeConversionException("'' is no text; give what the console prints");
      }
      return text;
    }
  }

  private static long nanos(@Nullable Duration limit) {
    return limit == null ? Long.MAX_VALUE : limit.toNanos();
  }
}
