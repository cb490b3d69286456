package dev.roundhouse.cli.options;

import dev.roundhouse.cli.map.Glyphs;
import dev.roundhouse.cli.map.MapScreen;
import dev.roundhouse.cli.map.TrackMap;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.process.Display;
import dev.roundhouse.emulator.process.Endings;
import dev.roundhouse.emulator.process.HostAbilities;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Opens the terminal on which a map of a simulated track is shown.
 *
 * @param environment the process's
 * @param endings the process's, before which the terminal is given back
 */
public record MapTerminal(Map<String, String> environment, Endings endings) {
  private static final Path OWN_TERMINAL = Path.of("/dev/tty");
  private static final Path OWN_OUTPUT = Path.of("/dev/stdout");

  /**
   * The terminal of another window.
   *
   * @throws UserError if there is none, or it is the process's own
   */
  public MapScreen at(Path device) throws UserError {
    try {
      if (HostAbilities.Standard.OUTPUT.isTerminal() && isOwn(device)) {
        throw refused(" " + device, "the guest's output goes there");
      }
      return open(Display.at(device));
    } catch (IOException e) {
      throw refused(" " + device, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The terminal that the process's output is.
   *
   * @throws UserError if it is none, or cannot show a map
   */
  public MapScreen own() throws UserError {
    if (!HostAbilities.Standard.OUTPUT.isTerminal()) {
      throw refused("", "stdout is no terminal");
    }
    if (!MapScreen.isPossible(environment)) {
      throw refused("", "this terminal shows lines only (TERM)");
    }
    return open(Display.ofStandardOutput(new FileOutputStream(FileDescriptor.out)));
  }

  private MapScreen open(Display display) {
    return MapScreen.open(
        new TrackMap(Glyphs.fitting(environment)),
        display,
        MapScreen.Colours.fitting(environment),
        endings);
  }

  private static boolean isOwn(Path terminal) throws IOException {
    return terminal.equals(OWN_TERMINAL)
        || (Files.exists(terminal) && Files.isSameFile(terminal, OWN_OUTPUT));
  }

  private static UserError refused(String what, String why) {
    return new UserError(
        ExitCode.USAGE,
        "--map"
            + what
            + ": "
            + why
            + "; give the terminal of another window: type tty there to see its name");
  }
}
