package dev.roundhouse.cli.session;

import dev.roundhouse.emulator.debugger.Debugger;
import dev.roundhouse.emulator.input.TrainWatcher;
import dev.roundhouse.emulator.lines.HostEnds;
import dev.roundhouse.emulator.lines.LineTarget;
import dev.roundhouse.emulator.machine.Extras;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.setup.TrackRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a user wants to be run, and how.
 *
 * @param engine the engine library to use; the best when empty
 * @param guest the programs and what they run on, or the kernel that boots
 * @param lines what is at the far ends of the UARTs' lines
 * @param pace how virtual time goes
 * @param outputs what is kept or told of the run
 * @param extras what the machine has beyond the board and its lines
 * @param debugging who may look into it
 */
public record RunPlan(
    Optional<Path> engine,
    Guest guest,
    Lines lines,
    Pace pace,
    Outputs outputs,
    Extras extras,
    Optional<Debugging> debugging) {

  /** A plan without anything at the board but its lines. */
  public RunPlan(Optional<Path> engine, Guest guest, Lines lines, Pace pace, Outputs outputs) {
    this(engine, guest, lines, pace, outputs, Extras.NONE, Optional.empty());
  }

  /** The same, shown to people while it runs: at the pace of real time. */
  public RunPlan shownOn(TrainWatcher display) {
    return new RunPlan(
        engine, guest, lines.watchedBy(display), pace.inRealTime(), outputs, extras, debugging);
  }

  /**
   * A debugger may attach.
   *
   * @param port of this host, 0 for any that is free
   * @param at when it is waited for in a recording, if not at its start
   */
  public record Debugging(int port, Debugger.Start start, Optional<Duration> at) {
    /** The same, waited for at a virtual time. */
    public Debugging waitingAt(Duration time) {
      return new Debugging(port, Debugger.Start.HERE, Optional.of(time));
    }
  }

  /**
   * The far ends.
   *
   * @param console the UART at the process's own input and output
   * @param input whether the console gets the process's input
   * @param others what is at the others
   * @param trains what is on a simulated track, if one of them is that
   * @param watcher who looks at that track during the run
   * @param ports how a real line or bus is used, if one of them is that
   */
  public record Lines(
      int console,
      ConsoleInput input,
      Map<Integer, LineTarget> others,
      TrackRequest trains,
      Optional<TrainWatcher> watcher,
      HostEnds.Settings ports) {
    /** Copies the map, sorted. */
    public Lines {
      others = new TreeMap<>(others);
    }

    /** The same with nobody who looks at the track. */
    public Lines(
        int console, ConsoleInput input, Map<Integer, LineTarget> others, TrackRequest trains) {
      this(console, input, others, trains, Optional.empty(), HostEnds.Settings.PLAIN);
    }

    /** The same with somebody who looks at the track. */
    public Lines watchedBy(TrainWatcher newWatcher) {
      return new Lines(console, input, others, trains, Optional.of(newWatcher), ports);
    }

    /** The same with wishes for a real line or bus. */
    public Lines withPorts(HostEnds.Settings newPorts) {
      return new Lines(console, input, others, trains, watcher, newPorts);
    }
  }

  /** Whether a console has input. */
  public enum ConsoleInput {
    /** The process's own. */
    STANDARD,
    /** None: output only. */
    NONE
  }

  /** How virtual time goes: its limits and whether it waits for real time. */
  public record Pace(RunLimits limits, MachineConfig.Pacing pacing) {
    /** The same limits, at a pace that people can follow. */
    public Pace inRealTime() {
      return new Pace(limits, MachineConfig.Pacing.REAL_TIME);
    }
  }

  /**
   * What is kept or told of a run.
   *
   * @param trace a file for the trace
   * @param recording a file for the recording
   * @param summary what is said at its end
   * @param monitor a file for what passes on the lines, {@code -} for stderr
   * @param texts of the console that decide how the run came out
   */
  public record Outputs(
      Optional<Trace> trace,
      Optional<Path> recording,
      Summary summary,
      Optional<String> monitor,
      AwaitedTexts texts) {
    /** Outputs without a monitor of the lines, and texts that decide. */
    public Outputs(Optional<Trace> trace, Optional<Path> recording, Summary summary) {
      this(trace, recording, summary, Optional.empty(), AwaitedTexts.NONE);
    }
  }

  /** What is written of a run while it goes on, and into which file. */
  public record Trace(Path file, Detail detail) {
    /** What is told of events. */
    public enum Detail {
      /** What happened. */
      EVENTS,
      /** Also which line of the guest's source did it. */
      WITH_SOURCE
    }
  }

  /** What is said at the end of a run. */
  public enum Summary {
    /** The reason, for people. */
    TEXT,
    /** The reason, and a JSON object as the last line. */
    JSON,
    /** Nothing if all went well. */
    FAILURES_ONLY
  }
}
