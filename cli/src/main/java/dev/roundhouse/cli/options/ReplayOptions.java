package dev.roundhouse.cli.options;

import dev.roundhouse.cli.converter.DurationConverter;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a recording is run again: the options that replay and monitor share. */
public final class ReplayOptions {
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  @Option(
      names = "--engine",
      paramLabel = "FILE",
      description = "The engine library for a recording, in place of the best that is found.")
  private @Nullable Path engine;

  @Option(
      names = "--wall-timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "End the replay of a recording after this much real time, with exit code 42.")
  private Duration wallTimeout = FOREVER;

  /** What is wished. */
  public Session.ReplayPlan plan(RunPlan.Summary summary) {
    return new Session.ReplayPlan(
        Optional.ofNullable(engine), wallTimeout, summary, Optional.empty());
  }
}
