package dev.roundhouse.cli.options;

import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.machine.Extras;
import dev.roundhouse.emulator.setup.ExtrasRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options about what the machine has beyond the board and its lines. */
public final class ExtrasOptions {
  @Option(
      names = "--plant",
      paramLabel = "PLANT",
      description = {
        "What programs steer by the GPIO pins: motor for a simulated motor with a quadrature"
            + " encoder, motor:FILE for one of your own. May be repeated."
      })
  private List<String> plants = new ArrayList<>();

  @Option(
      names = "--shared-memory",
      paramLabel = "FILE@ADDR",
      description =
          "Put a file of the host in the place of RAM, as in page@0x7E000000: a process of the host"
              + " that maps it shares memory with programs. May be repeated.")
  private List<String> files = new ArrayList<>();

  /** What is wished. */
  public Extras extras() throws UserError {
    return new ExtrasRequest(plants, files).extras();
  }
}
