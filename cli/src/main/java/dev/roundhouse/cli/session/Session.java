package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.engine.EngineChoice;
import dev.roundhouse.emulator.engine.EngineLibraries;
import dev.roundhouse.emulator.engine.EngineRequest;
import dev.roundhouse.emulator.engine.NoEngineException;
import dev.roundhouse.emulator.host.HostErrors;
import dev.roundhouse.emulator.host.StandardEnd;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.machine.MachineConfig.Pacing;
import dev.roundhouse.emulator.machine.Outfit;
import dev.roundhouse.emulator.machine.RunResult;
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
    requireRecordable(plan);
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

  private static void requireRecordable(RunPlan plan) throws UserError {
    if (plan.outputs().recording().isEmpty()) {
      return;
    }
    if (!plan.outfit().isEmpty()) {
      throw new UserError(
          ExitCode.USAGE,
          "--record: a run with --plant or --shared-memory is not recorded; leave that away");
    }
    RunPlan.Lines lines = plan.lines();
    if (!Bcm2711.UARTS.contains(lines.console())
        || !Bcm2711.UARTS.containsAll(lines.others().keySet())) {
      throw new UserError(
          ExitCode.USAGE, "--record: the lines 1, sc0 and sc1 are not recorded; leave them away");
    }
  }

  /**
   * The engine library to use.
   *
   * @throws UserError when there is none
   */
  public EngineChoice choose(Optional<Path> wanted) throws UserError {
    try {
      return EngineLibraries.choose(EngineRequest.of(wanted, environment));
    } catch (NoEngineException e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private GuestRun execute(RunPlan plan, EngineChoice engine, Complaints complaints)
      throws UserError {
    try (LineEnds ends = LineEnds.open(plan.lines(), standard, messages);
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
          ? GuestRun.of(config, plan.outfit(), complaints)
          : record(config, plan.outputs().recording().get(), notes(plan, engine), complaints);
    }
  }

  private static RecordedNotes notes(RunPlan plan, EngineChoice engine) {
    return new RecordedNotes(plan.lines().console(), engine.finding().text());
  }

  private static GuestRun record(
      MachineConfig config, Path file, RecordedNotes notes, Complaints complaints)
      throws UserError {
    try (Recorder recorder = RecordingFile.create(file, config, notes)) {
      GuestRun run = GuestRun.of(recorder.config(), Outfit.NONE, complaints);
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
    Complaints complaints = new Complaints(messages, standard.out());
    var audience = new Replay.Audience(console, trace, complaints, complaints);
    ReplayWitness witness = new ReplayWitness(complaints);
    ReplayOutcome outcome = new Replay(recording).run(engine.engine(), audience, witness);
    return new ReplayReport(messages, recording.notes().engine(), engine.finding().text())
        .tell(outcome, witness.run());
  }

  private void report(RunPlan plan, GuestRun run, int exitCode) {
    boolean isFailure = exitCode != ExitCode.FINISHED.code();
    if (isFailure || plan.outputs().summary() != RunPlan.Summary.FAILURES_ONLY) {
      messages.say(isFailure ? Tone.ERROR : Tone.ASIDE, RunReport.closing(run));
    }
  }
}
