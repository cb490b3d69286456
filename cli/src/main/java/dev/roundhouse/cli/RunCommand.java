package dev.roundhouse.cli;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.cli.map.MapScreen;
import dev.roundhouse.cli.session.ProgramShelf;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.RelocationPolicy;
import dev.roundhouse.kernel.report.Strictness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
  private static final String PROGRAM_KEY = "PROGRAM";

  private final Host host;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "ENTRY.elf", description = "The program of task 1.")
  private Path entry = Path.of("");

  @Parameters(index = "1..*", paramLabel = "MORE.elf", description = "Further programs.")
  private List<Path> more = new ArrayList<>();

  @Option(
      names = "--program",
      paramLabel = "NAME=FILE",
      converter = Assignment.Converter.class,
      description = "A further program by another name than its file's.")
  private List<Assignment> programs = new ArrayList<>();

  @Option(
      names = "--programs",
      paramLabel = "DIR",
      description = "All *.elf in this folder are further programs.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--arg",
      paramLabel = "KEY=VALUE",
      converter = Assignment.Converter.class,
      description = "An argument for the entry; may be repeated.")
  private List<Assignment> arguments = new ArrayList<>();

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
            + " track:b or track:FILE for a simulated train set."
      })
  private List<UartLine> uarts = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "trainsos",
      converter = ProfileConverter.class,
      description =
          "The kernel to model: trainsos, or course for the specification of CS 452 (default:"
              + " ${DEFAULT-VALUE}).")
  private AbiProfile profile = AbiProfile.trainsOs();

  @Mixin private TrackOptions track = new TrackOptions();

  @Mixin private MapOption map = new MapOption();

  @Mixin private OutfitOptions board = new OutfitOptions();

  @Option(
      names = "--strict",
      description = "End the run when a program first breaks the kernel's contract.")
  private boolean isStrict;

  @Option(
      names = "--lenient",
      description = "Skip relocations that the kernel does not apply, as the real loader does.")
  private boolean isLenient;

  @Mixin private CourseOptions course = new CourseOptions();

  RunCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() throws UserError {
    ProgramShelf shelf =
        new ProgramShelf(
            isLenient ? RelocationPolicy.SKIP_UNKNOWN : RelocationPolicy.REFUSE_UNKNOWN);
    fill(shelf);
    shelf.warnings().forEach(line -> host.messages().say(Messages.Tone.WARNING, line));
    MachineConfig.Guest guest =
        new MachineConfig.Guest(
            profile,
            shelf.catalog(),
            entryArguments(),
            isStrict ? Strictness.STRICT : Strictness.TOLERANT);
    RunPlan plan =
        new RunPlan(
            course.engine(),
            guest,
            new RunPlan.Lines(
                console,
                RunPlan.ConsoleInput.STANDARD,
                UartLine.targets(uarts, console),
                track.wishes()),
            course.pace(),
            course.outputs(),
            board.outfit());
    try (MapScreen screen = map.open(host)) {
      return new Session(host.standard(), host.messages(), host.environment())
          .run(screen == null ? plan : plan.shownOn(screen))
          .exitCode();
    }
  }

  private void fill(ProgramShelf shelf) throws UserError {
    shelf.addEntry(entry);
    for (Path file : more) {
      shelf.add(file);
    }
    for (Assignment program : programs) {
      shelf.add(program.name(), Path.of(program.value()));
    }
    for (Path folder : folders) {
      shelf.addFolder(folder);
    }
    shelf.addBundled(ProgramShelf.NAME_SERVER);
  }

  private List<KernelConfig.Argument> entryArguments() throws UserError {
    List<KernelConfig.Argument> pairs = new ArrayList<>();
    for (Assignment argument : arguments) {
      if (argument.name().equals(PROGRAM_KEY)) {
        throw new UserError(
            ExitCode.USAGE, "--arg PROGRAM=...: the entry's program is the file ENTRY.elf");
      }
      pairs.add(new KernelConfig.Argument(argument.name(), argument.value()));
    }
    return pairs;
  }
}
