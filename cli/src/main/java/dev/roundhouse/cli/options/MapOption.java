package dev.roundhouse.cli.options;

import dev.roundhouse.cli.map.MapScreen;
import dev.roundhouse.emulator.file.UserError;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the user wants to see a simulated track. */
public final class MapOption {
  @Option(
      names = "--map",
      paramLabel = "TTY",
      description =
          "Show the simulated track on that terminal, as in /dev/pts/3: another window, in which"
              + " the command tty has told its name. Implies --realtime.")
  private @Nullable Path device;

  /**
   * The map; null if none is wished.
   *
   * @throws UserError if there is no such terminal, or it shows the guest's output
   */
  public @Nullable MapScreen open(CommandContext context) throws UserError {
    if (device == null) {
      return null;
    }
    return new MapTerminal(context.environment(), context.standard().endings()).at(device);
  }
}
