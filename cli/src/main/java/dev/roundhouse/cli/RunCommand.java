package dev.roundhouse.cli;

import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.cli.map.MapScreen;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.kernel.report.Strictness;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: runs programs. */
@Command(
    name = "run",
    header = "Run TrainsOS programs.",
    description = {
      "Runs ENTRY.elf as task 1 (program user_entry). The other programs are known by their file"
          + " names without .elf; create finds them by these names. Without a name_server of"
          + " yours, a bundled one is task 2.",
      "",
      "The guest's output goes to stdout as it is, everything else to stderr. A terminal is put"
          + " in raw mode: Ctrl-A x ends the run, Ctrl-A h helps."
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse run hello.elf",
      "  roundhouse run game.elf --programs build/programs --arg ROUNDS=5",
      "  echo 'tr 24 10' | roundhouse run trains.elf --uart 3=tcp:4000 --timeout 60s"
    })
final class RunCommand implements Callable<Integer> {
  private final Host host;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin private ProgramOptions programs = new ProgramOptions();

  @Option(
      names = "--console",
      paramLabel = "N",
      defaultValue = "2",
      converter = UartLine.NumberConverter.class,
      description = "The UART at stdin and stdout: 0 to 5, sc0 or sc1 (default: ${DEFAULT-VALUE}).")
  private int console;

  @Option(
      names = "--uart",
      paramLabel = "N=TARGET",
      converter = UartLine.Converter.class,
      description = {
        "What another UART is connected to: none (the default), file:PATH for its output,"
            + " tcp:PORT to listen there on 127.0.0.1, pty for a pseudo-terminal, track:a or"
            + " track:b or track:FILE for a simulated train set, serial:PORT for the real one."
      })
  private List<UartLine> uarts = new ArrayList<>();

  @Mixin private TrackOptions track = new TrackOptions();

  @Mixin private MapOption map = new MapOption();

  @Mixin private OutfitOptions board = new OutfitOptions();

  @Mixin private SerialOptions serial = new SerialOptions();

  @Option(
      names = "--strict",
      description = "End the run when a program first breaks the kernel's contract.")
  private boolean isStrict;

  @Mixin private CourseOptions course = new CourseOptions();

  RunCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() throws UserError {
    RunPlan plan =
        new RunPlan(
            course.engine(),
            programs.guest(host.messages(), isStrict ? Strictness.STRICT : Strictness.TOLERANT),
            new RunPlan.Lines(
                    console,
                    RunPlan.ConsoleInput.STANDARD,
                    UartLine.targets(uarts, console),
                    track.wishes())
                .withSerial(serial.settings()),
            course.pace(),
            course.outputs(),
            board.outfit());
    try (MapScreen screen = map.open(host)) {
      return new Session(host.standard(), host.messages(), host.environment())
          .run(screen == null ? plan : plan.shownOn(screen))
          .exitCode();
    }
  }
}
