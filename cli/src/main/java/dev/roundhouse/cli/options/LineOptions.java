package dev.roundhouse.cli.options;

import dev.roundhouse.cli.converter.CanTargetConverter;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.lines.HostEnds;
import dev.roundhouse.emulator.lines.LineTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is at the far ends of the serial lines: the options that run and boot share. */
public final class LineOptions {
  @Option(
      names = "--console",
      paramLabel = "N",
      converter = UartLine.NumberConverter.class,
      completionCandidates = Values.Consoles.class,
      description = "The UART at stdin and stdout: 0 to 5, sc0 or sc1 (default: ${DEFAULT-VALUE}).")
  private int console;

  @Option(
      names = "--uart",
      paramLabel = "N=TARGET",
      converter = UartLine.Converter.class,
      completionCandidates = Values.Lines.class,
      description = {
        "What another UART is connected to: none (the default), file:PATH for its output,"
            + " tcp:PORT to listen there on 127.0.0.1, pty for a pseudo-terminal, track:a to"
            + " track:d or track:FILE for a simulated train set, serial:PORT for the real one."
      })
  private List<UartLine> uarts = new ArrayList<>();

  @Option(
      names = "--can",
      paramLabel = "TARGET",
      converter = CanTargetConverter.class,
      description = {
        "What the CAN bus of the MCP2515 leads to: none (the default), track:c or track:d or"
            + " track:FILE for a simulated train set behind a Central Station 3, serial:PORT (an"
            + " SLCAN adapter) or socketcan:can0 (Linux) for the real one."
      })
  private LineTarget can = new LineTarget.None();

  @Mixin private TrackOptions track = new TrackOptions();

  @Mixin private SerialOptions serial = new SerialOptions();

  @Mixin private CanOptions canOptions = new CanOptions();

  /** With the console at a UART unless the user says otherwise. */
  public LineOptions(int console) {
    this.console = console;
  }

  /** The far ends. */
  public RunPlan.Lines lines() throws UserError {
    Map<Integer, LineTarget> targets = UartLine.targets(uarts, console);
    if (!(can instanceof LineTarget.None)) {
      targets.put(Cables.CAN, can);
    }
    return new RunPlan.Lines(console, RunPlan.ConsoleInput.STANDARD, targets, track.request())
        .withPorts(new HostEnds.Settings(serial.settings(), canOptions.settings()));
  }
}
