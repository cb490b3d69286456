package dev.roundhouse.cli.trace;

import dev.roundhouse.cli.converter.AbiConverter;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.ReplayOptions;
import dev.roundhouse.cli.options.Values;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.cli.session.TraceSession;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.kernel.abi.CallAbi;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the events come from: what the commands share. */
final class TraceSource {
  @Parameters(index = "0", paramLabel = "FILE", description = "The trace or recording.")
  private Path file = Path.of("");

  @Option(
      names = "--abi",
      paramLabel = "PROFILE",
      converter = AbiConverter.class,
      completionCandidates = Values.Abis.class,
      description =
          "What the system calls are of the booted kernel of a recording: trainsos, course, mini, or a"
              + " file (docs/abi-profiles.md).")
  private CallAbi abi = CallAbi.UNKNOWN;

  @Mixin private ReplayOptions replay = new ReplayOptions();

  int tell(CommandContext context, long untilNanos, TraceSink sink) throws UserError {
    Session session = new Session(context.standard(), context.messages(), context.environment());
    return new TraceSession(session, context.messages(), replay.plan(RunPlan.Summary.TEXT), abi)
        .tell(file, untilNanos, sink);
  }

  Path file() {
    return file;
  }
}
