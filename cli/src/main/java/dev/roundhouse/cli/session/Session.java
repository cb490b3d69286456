package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.cpu.FullSystemUnsupportedException;
import dev.roundhouse.emulator.engine.EngineChoice;
import dev.roundhouse.emulator.engine.EngineFinding;
import dev.roundhouse.emulator.engine.EngineLibraries;
import dev.roundhouse.emulator.engine.EngineRequest;
import dev.roundhouse.emulator.engine.NoEngineException;
import dev.roundhouse.emulator.host.HostErrors;
import dev.roundhouse.emulator.host.OverdueRun;
import dev.roundhouse.emulator.host.StandardEnd;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.machine.MachineConfig.Pacing;
import dev.roundhouse.emulator.machine.Outfit;
import dev.roundhouse.emulator.machine.RunEnd;
import dev.roundhouse.emulator.machine.RunLimits;
import dev.roundhouse.emulator.machine.RunResult;
import dev.roundhouse.emulator.record.KernelReplay;
import dev.roundhouse.emulator.record.RecordedGuest;
import dev.roundhouse.emulator.record.RecordedNotes;
import dev.roundhouse.emulator.record.Recorder;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.Replay;
import dev.roundhouse.emulator.record.ReplayOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs what a user has planned and tells how it went. */
public final class Session {
  /** RAM below and behind the kernel's page pool (AbiProfile, MemoryLayout). */
  private static final List<AddressRange> FREE_RAM =
      List.of(
          new AddressRange(0x0020_0000, 0x3FE0_0000), new AddressRange(0x7E00_0000, 0x0200_0000));

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
   * @param exitCode what the command ends with: one of {@link ExitCode}, or a program's own
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
   * @throws java.io.UncheckedIOException when output cannot be written
   */
  public Outcome run(RunPlan plan) throws UserError {
    RecordingFile.requireRecordable(plan.outputs(), plan.outfit());
    OutfitWishes.requirePlaces(plan.outfit(), FREE_RAM);
    EngineChoice engine = choose(plan.engine());
    Complaints complaints = new Complaints(messages, standard.out());
    GuestRun run = execute(plan, engine, complaints);
    RunResult result = run.result();
    int exitCode = RunReport.exitCode(result.end());
    report(plan, run, exitCode);
    if (plan.outputs().summary() == RunPlan.Summary.JSON) {
      messages.show(
          Tone.PLAIN, JsonSummary.of(result, complaints.violations(), engine.finding().text()));
    }
    return new Outcome(exitCode, result);
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

  private GuestRun execute(RunPlan plan, EngineChoice engine, Complaints complaints)
      throws UserError {
    try (LineEnds ends = LineEnds.open(plan.lines(), plan.pace().pacing(), standard, messages);
        OpenTrace trace = OpenTrace.at(plan.outputs().trace());
        MonitorFile monitor =
            MonitorFile.open(plan.outputs().monitor(), line -> messages.show(Tone.PLAIN, line))) {
      TraceSink sink = monitor.trace(trace.sink(), plan.lines().others().keySet());
      Pacing pacing = ends.areLive() ? Pacing.REAL_TIME : plan.pace().pacing();
      MachineConfig config =
          new MachineConfig(
              engine.engine(),
              plan.guest(),
              ends.attachments(),
              new MachineConfig.Course(plan.pace().limits(), pacing, Optional.empty()),
              new MachineConfig.Listeners(sink, complaints, complaints, InputLog.none()));
      return plan.outputs().recording().isEmpty()
          ? run(config, plan, complaints)
          : record(config, plan, notes(plan.lines(), engine), complaints);
    }
  }

  private GuestRun run(MachineConfig config, RunPlan plan, Complaints complaints) {
    try (OverdueRun _ = overdue(plan.pace().limits(), standard, messages)) {
      return GuestRun.of(config, plan.outfit(), complaints);
    }
  }

  /** Ends the process if a run cannot end at its limit of real time; until it is closed. */
  static OverdueRun overdue(RunLimits limits, StandardEnd.Streams standard, Messages messages) {
    RunEnd end = new RunEnd.WallTimeout();
    return OverdueRun.watch(
        limits.wallNanos(),
        standard,
        RunReport.exitCode(end),
        () ->
            messages.say(
                Tone.ERROR,
                RunReport.text(end) + ", while nobody took the output or the run did not go on"));
  }

  static RecordedNotes notes(RunPlan.Lines lines, EngineChoice engine) {
    return new RecordedNotes(lines.console(), engine.finding().text());
  }

  private GuestRun record(
      MachineConfig config, RunPlan plan, RecordedNotes notes, Complaints complaints)
      throws UserError {
    Path file = plan.outputs().recording().orElseThrow();
    Outfit outfit = plan.outfit();
    try (Recorder recorder =
        RecordingFile.create(file, out -> Recorder.start(config, outfit, notes, out))) {
      GuestRun run = run(recorder.config(), plan, complaints);
      recorder.finish(run.result());
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + HostErrors.reason(e), e);
    }
  }

  /**
   * Runs a recording again, and tells whether it was the same.
   *
   * @throws UserError when it cannot be read or started
   * @throws UncheckedIOException when output cannot be written
   */
  public int replay(Path file, Optional<Path> wantedEngine) throws UserError {
    return replay(file, wantedEngine, standard.out(), new SilentTrace());
  }

  /** The same, seen by others. */
  int replay(Path file, Optional<Path> wantedEngine, OutputPort console, TraceSink trace)
      throws UserError {
    Recording recording = RecordingFile.read(file);
    if (!recording.isComplete()) {
      messages.say(
          Tone.WARNING,
          file
              + ": is cut off; it is replayed up to its last check point, at "
              + recording.until());
    }
    EngineChoice engine = choose(wantedEngine);
    ReplayReport report =
        new ReplayReport(messages, recording.notes().engine(), engine.finding().text());
    Complaints complaints = new Complaints(messages, standard.out());
    return switch (recording.guest()) {
      case RecordedGuest.Programs _ -> {
        var audience = new Replay.Audience(console, trace, complaints, complaints);
        ReplayWitness witness = new ReplayWitness(complaints);
        ReplayOutcome outcome = new Replay(recording).run(engine.engine(), audience, witness);
        yield report.tell(outcome, witness.run());
      }
      case RecordedGuest.Kernel(var guest) -> {
        var audience = new KernelReplay.Audience(console, trace, complaints);
        yield report.tell(boot(recording, engine, audience), guest.image().symbols());
      }
    };
  }

  private static ReplayOutcome boot(
      Recording recording, EngineChoice engine, KernelReplay.Audience audience) throws UserError {
    try {
      return new KernelReplay(recording).run(engine.engine(), audience);
    } catch (FullSystemUnsupportedException e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private void report(RunPlan plan, GuestRun run, int exitCode) {
    boolean isFailure = exitCode != ExitCode.FINISHED.code();
    if (isFailure || plan.outputs().summary() != RunPlan.Summary.FAILURES_ONLY) {
      messages.say(isFailure ? Tone.ERROR : Tone.ASIDE, RunReport.closing(run));
    }
  }
}
