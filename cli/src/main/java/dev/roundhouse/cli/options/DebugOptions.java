package dev.roundhouse.cli.options;

import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.emulator.debugger.Debugger;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whether a debugger may attach, and when the run starts. */
public final class DebugOptions {
  @Option(
      names = "--gdb",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "1234",
      converter = PortConverter.class,
      description =
          "Let GDB or LLDB attach to this port of this host (1234; 0 is any that is free), with"
              + " tasks as threads: gdb-multiarch -ex 'target remote :PORT'.")
  private @Nullable Integer port;

  @Option(
      names = "--wait",
      description = "With --gdb, execute nothing before a debugger has attached.")
  private boolean isAwaited;

  /**
   * What the user wants of a debugger; nothing if none may attach.
   *
   * @throws UserError if it is to be awaited, but none may attach
   */
  public Optional<RunPlan.Debugging> plan() throws UserError {
    if (port == null && isAwaited) {
      throw new UserError(ExitCode.USAGE, "--wait needs --gdb PORT");
    }
    Debugger.Start start = isAwaited ? Debugger.Start.ATTACHED : Debugger.Start.AT_ONCE;
    return Optional.ofNullable(port)
        .map(number -> new RunPlan.Debugging(number, start, Optional.empty()));
  }

  /** Reads a port. */
  static final class PortConverter implements ITypeConverter<Integer> {
    private static final int LAST = 65_535;

    @Override
    public Integer convert(String text) {
      try {
        int port = Integer.parseInt(text);
        if (port >= 0 && port <= LAST) {
          return port;
        }
      } catch (NumberFormatException e) {
        // Told below, like a number out of range.
      }
      throw new TypeConversionException(
          "'" + text + "' is no TCP port: give 1 to 65535, or 0 for any that is free");
    }
  }
}
