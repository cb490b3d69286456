package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.debugger.Debugger;
import dev.roundhouse.emulator.engine.EngineChoice;
import dev.roundhouse.emulator.engine.EngineFinding;
import dev.roundhouse.emulator.engine.EngineLibraries;
import dev.roundhouse.emulator.engine.EngineRequest;
import dev.roundhouse.emulator.engine.NoEngineException;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.lines.OverdueRun;
import dev.roundhouse.emulator.lines.StandardEnd;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.machine.MachineConfig.Pacing;
import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.UserSignal;
import dev.roundhouse.emulator.record.RecordedNotes;
import dev.roundhouse.emulator.record.Recorder;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.Replay;
import dev.roundhouse.emulator.record.ReplayOutcome;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.emulator.setup.ExtrasRequest;
import dev.roundhouse.emulator.setup.GuestMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs what a user has planned and tells how it went. */
public final class Session {
  private final StandardEnd.Streams standard;
  private final Messages messages;
  private final Map<String, String> environment;

  /** Sessions of a process with those streams and that environment. */
  public Session(StandardEnd.Streams standard, Messages messages, Map<String, String> environment) {
    this.standard = standard;
    this.messages = messages;
    this.environment = environment;
  }

  /**
   * How a session went.
   *
   * @param exitCode what the command ends with: one of {@link ExitCode}, or the guest's own
   */
  public record Outcome(int exitCode, RunResult result) {
    /** Whether the command ends with 0. */
    public boolean isGood() {
      return exitCode == ExitCode.FINISHED.code();
    }
  }

  /**
   * Runs a plan to its end.
   *
   * @throws UserError when it cannot be started
   * @throws dev.roundhouse.emulator.cpu.FullSystemUnsupportedException when the engine library
   *     cannot boot kernels
   * @throws java.io.UncheckedIOException when output cannot be written
   */
  public Outcome run(RunPlan plan) throws UserError {
    RecordingFile.requireRecordable(plan.outputs(), plan.extras());
    ExtrasRequest.requirePlaces(plan.extras(), GuestMemory.free(plan.guest()));
    requireRoom(plan.guest());
    tellSlowness(plan.guest());
    EngineChoice engine = choose(plan.engine());
    Diagnostics complaints = new Diagnostics(messages, standard.out());
    TextWatch texts = new TextWatch(plan.outputs().texts());
    GuestRun run;
    try (OrderlyEnd end = new OrderlyEnd(standard)) {
      run = execute(plan, engine, new Watchers(complaints, texts, end));
      if (end.isWanted()) {
        return new Outcome(RunReport.exitCode(run.result().end()), run.result());
      }
    }
    RunResult result = run.result();
    Ending ending = Ending.of(result, texts);
    ending.closing(run, texts).forEach(line -> report(plan, ending.exitCode(), line));
    if (plan.outputs().summary() == RunPlan.Summary.JSON) {
      messages.show(
          Tone.PLAIN,
          new JsonSummary(
                  run, ending, plan.guest(), complaints.violations(), engine.finding().text())
              .line());
    }
    return new Outcome(ending.exitCode(), result);
  }

  private void tellSlowness(Guest guest) {
    if (guest instanceof Guest.Programs programs) {
      programs.slowness().ifPresent(why -> messages.say(Tone.WARNING, why));
    }
  }

  /**
   * Checks that a kernel fits into its RAM.
   *
   * @throws UserError if it does not
   */
  public static void requireRoom(Guest guest) throws UserError {
    if (guest instanceof Guest.Kernel kernel) {
      try {
        kernel.requireRoom();
      } catch (KernelImageException e) {
        throw new UserError(ExitCode.PROGRAM, String.valueOf(e.getMessage()), e);
      }
    }
  }

  /**
   * The engine library to use.
   *
   * @throws UserError when there is none
   */
  public EngineChoice choose(Optional<Path> wanted) throws UserError {
    try {
      EngineChoice choice = EngineLibraries.choose(EngineRequest.of(wanted, environment));
      for (EngineFinding refused : choice.refused()) {
        messages.say(Tone.WARNING, "engine library " + refused.text());
      }
      return choice;
    } catch (NoEngineException e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Who follows a run. */
  private record Watchers(Diagnostics complaints, TextWatch texts, OrderlyEnd end) {
    /** Tells them of the machine that is about to run. */
    Consumer<Machine> with(Heartbeat beat) {
      return machine -> {
        complaints.nameTasksOf(machine);
        texts.whenDecided(machine::stopSoon);
        machine.whenTasksAreWanted(complaints::show);
        UserSignal.act(machine::showTasks);
        beat.of(machine);
        end.of(machine);
      };
    }
  }

  private GuestRun execute(RunPlan plan, EngineChoice engine, Watchers watchers) throws UserError {
    try (LineEnds ends = LineEnds.open(plan.lines(), plan.pace().pacing(), standard, messages);
        OpenTrace trace = OpenTrace.as(plan.outputs().trace());
        MonitorFile monitor =
            MonitorFile.open(plan.outputs().monitor(), line -> messages.show(Tone.PLAIN, line))) {
      TraceSink sink = monitor.trace(trace.sink(), plan.lines().others().keySet());
      Pacing pacing = ends.areLive() ? Pacing.REAL_TIME : plan.pace().pacing();
      watchers.end().otherwise(trace::flush);
      int line = plan.lines().console();
      var attachments = new TreeMap<>(watchers.texts().watching(line, ends.attachments()));
      Heartbeat beat = heartbeat(line, attachments, pacing, trace);
      SilentConsole console = new SilentConsole(line, attachments);
      MachineConfig config =
          new MachineConfig(
              engine.engine(),
              plan.guest(),
              console.attachments(),
              plan.extras(),
              new MachineConfig.Run(plan.pace().limits(), pacing),
              new MachineConfig.Listeners(
                  sink, watchers.complaints(), watchers.complaints(), InputLog.none()));
      Consumer<Machine> starts = watchers.with(beat).andThen(trace::of);
      GuestRun run =
          plan.outputs().recording().isEmpty()
              ? run(plan, config, starts)
              : record(plan, config, notes(plan, engine), starts);
      console.advice().ifPresent(advice -> messages.say(Tone.ASIDE, advice));
      return run;
    }
  }

  /** Wraps the console's output, which is made visible each time that the machine looks up. */
  private Heartbeat heartbeat(
      int line, Map<Integer, UartAttachment> attachments, Pacing pacing, OpenTrace trace) {
    UartAttachment console = attachments.getOrDefault(line, UartAttachment.unconnected());
    OutputPort traced = new TracedOutput(console.output(), trace);
    Heartbeat.Kind kind =
        pacing == Pacing.REAL_TIME ? new Heartbeat.Kind.Interactive() : new Heartbeat.Kind.Piped();
    Heartbeat beat = Heartbeat.onTerminal(traced, kind, messages);
    attachments.put(line, new UartAttachment(console.input(), beat));
    return beat;
  }

  /** Output that takes the trace with it when it becomes visible: not much is lost in a crash. */
  private record TracedOutput(OutputPort port, OpenTrace trace) implements OutputPort {
    @Override
    public void put(int value) throws IOException {
      port.put(value);
    }

    @Override
    public void flush() throws IOException {
      port.flush();
      trace.flush();
    }
  }

  private GuestRun run(RunPlan plan, MachineConfig config, Consumer<Machine> starts)
      throws UserError {
    if (plan.debugging().isPresent()) {
      return debug(plan, config, starts);
    }
    try (OverdueRun _ = overdue(config.run().limits());
        Machine machine = new Machine(config)) {
      starts.accept(machine);
      return GuestRun.leftBy(machine, machine.run());
    }
  }

  /** The real time of a machine that stands still for a debugger has no limit. */
  private GuestRun debug(RunPlan plan, MachineConfig config, Consumer<Machine> starts)
      throws UserError {
    RunPlan.Debugging debugging = plan.debugging().orElseThrow();
    boolean isRecorded = plan.outputs().recording().isPresent();
    Debugger.Access access = isRecorded ? Debugger.Access.READ : Debugger.Access.WRITE;
    var terms = new Debugger.Terms(debugging.start(), access, RunReport::exitCode);
    try (Debugger debugger =
            Debugger.listen(debugging.port(), terms, line -> messages.say(Tone.ASIDE, line));
        Machine machine = new Machine(config)) {
      starts.accept(machine);
      return GuestRun.leftBy(machine, debugger.run(machine));
    } catch (HostFailure e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Ends the process if a run cannot end at its limit of real time; until it is closed. */
  private OverdueRun overdue(RunLimits limits) {
    RunEnd end = new RunEnd.WallTimeout();
    return OverdueRun.watch(
        limits.wallNanos(),
        standard,
        RunReport.exitCode(end),
        () ->
            messages.say(
                Tone.ERROR,
                end.text() + ", while nobody took the output or the run did not go on"));
  }

  private static RecordedNotes notes(RunPlan plan, EngineChoice engine) {
    return new RecordedNotes(plan.lines().console(), engine.finding().text());
  }

  private GuestRun record(
      RunPlan plan, MachineConfig config, RecordedNotes notes, Consumer<Machine> starts)
      throws UserError {
    Path file = plan.outputs().recording().orElseThrow();
    try (Recorder recorder =
        RecordingFile.create(file, out -> Recorder.start(config, notes, out))) {
      GuestRun run = run(plan, recorder.config(), starts);
      recorder.finish(run.result());
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + HostErrors.reason(e), e);
    }
  }

  /**
   * How a recording is run again.
   *
   * @param engine the engine library to use; the best when empty
   * @param limit of real time
   * @param summary what is said at its end
   * @param debugging who may look into it
   */
  public record ReplayPlan(
      Optional<Path> engine,
      Duration limit,
      RunPlan.Summary summary,
      Optional<RunPlan.Debugging> debugging) {
    /** The same, looked into. */
    public ReplayPlan debugged(Optional<RunPlan.Debugging> newDebugging) {
      return new ReplayPlan(engine, limit, summary, newDebugging);
    }
  }

  /**
   * Runs a recording again, and tells whether it was the same.
   *
   * @throws UserError when it cannot be read or started
   * @throws dev.roundhouse.emulator.cpu.FullSystemUnsupportedException when the engine library
   *     cannot boot kernels
   * @throws UncheckedIOException when output cannot be written
   */
  public int replay(Path file, ReplayPlan plan) throws UserError {
    return replay(file, plan, standard.out(), new SilentTrace());
  }

  /** The same, seen by others. */
  int replay(Path file, ReplayPlan plan, OutputPort console, TraceSink trace) throws UserError {
    Recording recording = RecordingFile.read(file);
    if (!recording.isComplete()) {
      messages.say(
          Tone.WARNING,
          file
              + ": is cut off; it is replayed up to its last check point, at "
              + recording.until());
    }
    tellSlowness(recording.guest());
    EngineChoice engine = choose(plan.engine());
    Diagnostics complaints = new Diagnostics(messages, standard.out());
    ReplayReport report =
        new ReplayReport(messages, recording.notes().engine(), engine.finding().text(), complaints);
    RunLimits limits = new RunLimits(Long.MAX_VALUE, plan.limit().toNanos());
    Heartbeat beat =
        Heartbeat.onTerminal(console, new Heartbeat.Kind.Replayed(recording.until()), messages);
    report.whenItStarts(beat::of);
    Replay replay = new Replay(recording, limits.wallNanos());
    var audience = new Replay.Listeners(beat, trace, complaints, complaints);
    if (plan.debugging().isPresent()) {
      var debugged = new DebuggedReplay(plan.debugging().get(), messages);
      return told(
          debugged.run(course -> replay.run(engine.engine(), audience, report, course)),
          report,
          plan);
    }
    try (OverdueRun _ = overdue(limits)) {
      return told(replay.run(engine.engine(), audience, report), report, plan);
    }
  }

  private int told(ReplayOutcome outcome, ReplayReport report, ReplayPlan plan) {
    int exitCode = report.tell(outcome);
    if (plan.summary() == RunPlan.Summary.JSON) {
      messages.show(Tone.PLAIN, new ReplaySummary(outcome, exitCode).line());
    }
    return exitCode;
  }

  private void report(RunPlan plan, int exitCode, String closing) {
    boolean isFailure = exitCode != ExitCode.FINISHED.code();
    if (isFailure || plan.outputs().summary() != RunPlan.Summary.FAILURES_ONLY) {
      messages.say(isFailure ? Tone.ERROR : Tone.ASIDE, closing);
    }
  }
}
