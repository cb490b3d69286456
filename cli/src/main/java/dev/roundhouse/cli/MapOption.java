package dev.roundhouse.cli;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.cli.map.Glyphs;
import dev.roundhouse.cli.map.MapScreen;
import dev.roundhouse.cli.map.TrackMap;
import dev.roundhouse.emulator.host.Display;
import dev.roundhouse.emulator.host.HostAbilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the user wants to see a simulated track. */
final class MapOption {
  private static final Path OWN_TERMINAL = Path.of("/dev/tty");
  private static final Path OWN_OUTPUT = Path.of("/dev/stdout");

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
  @Nullable MapScreen open(Host host) throws UserError {
    if (device == null) {
      return null;
    }
    Path terminal = device;
    try {
      if (HostAbilities.Standard.OUTPUT.isTerminal() && isOwn(terminal)) {
        throw refused(terminal, "the guest's output goes there");
      }
      TrackMap map = new TrackMap(Glyphs.fitting(host.environment()));
      return MapScreen.open(map, Display.at(terminal), MapScreen.Colours.ON);
    } catch (IOException e) {
      throw refused(terminal, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isOwn(Path terminal) throws IOException {
    return terminal.equals(OWN_TERMINAL)
        || (Files.exists(terminal) && Files.isSameFile(terminal, OWN_OUTPUT));
  }

  private static UserError refused(Path terminal, String why) {
    return new UserError(
        ExitCode.USAGE,
        "--map "
            + terminal
            + ": "
            + why
            + "; give the terminal of another window: type tty there to see its name");
  }
}
