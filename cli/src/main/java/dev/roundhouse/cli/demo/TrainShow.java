package dev.roundhouse.cli.demo;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.map.Glyphs;
import dev.roundhouse.cli.map.MapScreen;
import dev.roundhouse.cli.map.TrackMap;
import dev.roundhouse.cli.session.RunPlan;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.input.TrainWatcher;
import dev.roundhouse.emulator.lines.LineTarget;
import dev.roundhouse.emulator.lines.StandardEnd;
import dev.roundhouse.emulator.lines.StreamOutput;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.process.Display;
import dev.roundhouse.emulator.process.Endings;
import dev.roundhouse.emulator.process.HostAbilities;
import dev.roundhouse.emulator.process.Launcher;
import dev.roundhouse.emulator.process.ScreenSize;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.setup.BundledSystem;
import dev.roundhouse.emulator.setup.ProgramShelf;
import dev.roundhouse.emulator.setup.TrackRequest;
import dev.roundhouse.kernel.KernelConfig.Argument;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.RelocationPolicy;
import dev.roundhouse.kernel.report.Strictness;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two trains that the bundled train control drives over Track A for a virtual minute: as a map on a
 * terminal, else as the program's lines; then where they really came to stand.
 */
public final class TrainShow {
  private static final int CONSOLE = 2;
  private static final int BOX = 3;
  private static final Map<Integer, String> TRAINS = Map.of(24, "C13", 58, "D11");
  private static final String SCRIPT =
      "go 24 D5;go 58 B16;wait;go 24 C3;go 58 E7;wait;go 24 C13;go 58 D11;wait;report;quit";

  private final PrintStream out;
  private final Messages messages;
  private final Map<String, String> environment;
  private final Endings endings;
  private final JourneyLog log = new JourneyLog();
  private final List<String> lines = new ArrayList<>();

  /** A show for a process with this output and environment, and those endings. */
  public TrainShow(
      PrintStream out, Messages messages, Map<String, String> environment, Endings endings) {
    this.out = out;
    this.endings = endings;
    this.messages = messages;
    this.environment = environment;
  }

  /**
   * Shows it.
   *
   * @param engine the engine library to use; the best when empty
   * @return what the command ends with
   * @throws UserError when it cannot be started
   */
  public int show(Optional<Path> engine) throws UserError {
    boolean hasMap =
        HostAbilities.Standard.OUTPUT.isTerminal() && MapScreen.isPossible(environment);
    return hasMap ? showMap(engine) : showLines(engine);
  }

  private int showLines(Optional<Path> engine) throws UserError {
    LineStream console =
        new LineStream(line -> {
          log.line(line);
          out.println(line);
          out.flush();
        });
    return end(run(plan(engine, log), console));
  }

  private int showMap(Optional<Path> engine) throws UserError {
    TrackMap map = new TrackMap(Glyphs.fitting(environment));
    Display display = Display.ofStandardOutput(new FileOutputStream(FileDescriptor.out));
    ScreenSize size = display.size();
    Session.Outcome outcome;
    try (MapScreen screen =
        MapScreen.open(map, display, MapScreen.Colours.fitting(environment), endings)) {
      LineStream console =
          new LineStream(line -> {
            log.line(line);
            lines.add(line);
            screen.say(line);
          });
      outcome = run(plan(engine, new PacedWatcher(List.of(log, screen))), console);
    }
    TrackSnapshot last = log.latest();
    if (last != null) {
      map.draw(last, size).plain().forEach(out::println);
    }
    lines.forEach(out::println);
    return end(outcome);
  }

  private Session.Outcome run(RunPlan plan, LineStream console) throws UserError {
    var streams = new StandardEnd.Streams(InputStream.nullInputStream(), new StreamOutput(console));
    return new Session(streams, messages, environment).run(plan);
  }

  private int end(Session.Outcome outcome) {
    if (outcome.isGood()) {
      out.println();
      log.summary().forEach(out::println);
      out.flush();
      String run = Launcher.of(environment).line("run");
      messages.say(
          Tone.ASIDE,
          "this was the bundled train control on a simulated Track A, the same in each run.\n"
              + "Yours next: "
              + run
              + " ENTRY.elf [MORE.elf ...] --uart 3=track:a --train 24@C13; all options: "
              + run
              + " --help");
    }
    return outcome.exitCode();
  }

  private static RunPlan plan(Optional<Path> engine, TrainWatcher watcher) throws UserError {
    ProgramShelf shelf = new ProgramShelf(RelocationPolicy.REFUSE_UNKNOWN);
    BundledSystem.named("train_control").addTo(shelf);
    Guest guest =
        new Guest.Programs(
            AbiProfile.trainsOs(),
            shelf.catalog(),
            List.of(
                new Argument("SCREEN", "lines"),
                new Argument("TRAINS", "24@C13,58@D11"),
                new Argument("SCRIPT", SCRIPT)),
            Strictness.TOLERANT);
    RunPlan.Lines lines =
        new RunPlan.Lines(
            CONSOLE,
            RunPlan.ConsoleInput.NONE,
            Map.of(BOX, new LineTarget.Track("a")),
            new TrackRequest(TRAINS, Map.of(), TrackRequest.DataFiles.NONE, TrainSetPlan.NO_SEED));
    return new RunPlan(
        engine,
        guest,
        lines.watchedBy(watcher),
        new RunPlan.Pace(RunLimits.NONE, MachineConfig.Pacing.UNPACED),
        new RunPlan.Outputs(Optional.empty(), Optional.empty(), RunPlan.Summary.FAILURES_ONLY));
  }
}
