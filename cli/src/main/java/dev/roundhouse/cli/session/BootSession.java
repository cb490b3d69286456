package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.text.JsonText;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.cpu.FullSystemUnsupportedException;
import dev.roundhouse.emulator.engine.EngineChoice;
import dev.roundhouse.emulator.fullsystem.KernelImageException;
import dev.roundhouse.emulator.host.HostErrors;
import dev.roundhouse.emulator.host.OverdueRun;
import dev.roundhouse.emulator.host.StandardEnd;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.machine.BootConfig;
import dev.roundhouse.emulator.machine.BootMachine;
import dev.roundhouse.emulator.machine.BootResult;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.machine.MachineConfig.Pacing;
import dev.roundhouse.emulator.machine.Outfit;
import dev.roundhouse.emulator.record.KernelRecorder;
import dev.roundhouse.emulator.record.RecordedNotes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Boots the kernel that a user has planned to boot and tells how it went. */
public final class BootSession {
  private final StandardEnd.Streams standard;
  private final Messages messages;
  private final Map<String, String> environment;

  /** Sessions of a process with those streams and that environment. */
  public BootSession(
      StandardEnd.Streams standard, Messages messages, Map<String, String> environment) {
    this.standard = standard;
    this.messages = messages;
    this.environment = environment;
  }

  /**
   * What a user wants to boot, and how.
   *
   * @param engine the engine library to use; the best when empty
   * @param outfit what the machine has beyond the board and its lines
   */
  public record Plan(
      Optional<Path> engine,
      BootConfig.Guest guest,
      RunPlan.Lines lines,
      RunPlan.Pace pace,
      RunPlan.Outputs outputs,
      Outfit outfit) {
    /** A plan without anything at the board but its lines. */
    public Plan(
        Optional<Path> engine,
        BootConfig.Guest guest,
        RunPlan.Lines lines,
        RunPlan.Pace pace,
        RunPlan.Outputs outputs) {
      this(engine, guest, lines, pace, outputs, Outfit.NONE);
    }
  }

  /**
   * Boots and runs until the end.
   *
   * @return the exit code: the kernel's own if it ends by semihosting
   * @throws UserError when it cannot be started
   * @throws java.io.UncheckedIOException when output cannot be written
   */
  public int run(Plan plan) throws UserError {
    RecordingFile.requireRecordable(plan.outputs(), plan.outfit());
    OutfitWishes.requirePlaces(
        plan.outfit(), List.of(new AddressRange(0, plan.guest().ramBytes())));
    EngineChoice engine = new Session(standard, messages, environment).choose(plan.engine());
    BootResult result = execute(plan, engine);
    BootReport.tell(messages, result, plan.guest().image().symbols());
    if (plan.outputs().summary() == RunPlan.Summary.JSON) {
      messages.show(Tone.PLAIN, json(result, engine.finding().text()));
    }
    return BootReport.exitCode(result.end());
  }

  private BootResult execute(Plan plan, EngineChoice engine) throws UserError {
    Complaints complaints = new Complaints(messages, standard.out());
    try (LineEnds ends = LineEnds.open(plan.lines(), plan.pace().pacing(), standard, messages);
        OpenTrace trace = OpenTrace.at(plan.outputs().trace());
        MonitorFile monitor =
            MonitorFile.open(plan.outputs().monitor(), line -> messages.show(Tone.PLAIN, line))) {
      TraceSink sink = monitor.trace(trace.sink(), plan.lines().others().keySet());
      Pacing pacing = ends.areLive() ? Pacing.REAL_TIME : plan.pace().pacing();
      var listeners = new MachineConfig.Listeners(sink, complaints, complaints, InputLog.none());
      var course = new MachineConfig.Course(plan.pace().limits(), pacing, Optional.empty());
      SilentConsole console = new SilentConsole(plan.lines().console(), ends.attachments());
      BootConfig config =
          new BootConfig(engine.engine(), plan.guest(), console.attachments(), course, listeners);
      BootResult result =
          plan.outputs().recording().isEmpty()
              ? run(config, plan)
              : record(config, plan, Session.notes(plan.lines(), engine));
      console.advice().ifPresent(advice -> messages.say(Tone.ASIDE, advice));
      return result;
    } catch (KernelImageException e) {
      throw new UserError(ExitCode.PROGRAM, String.valueOf(e.getMessage()), e);
    } catch (FullSystemUnsupportedException e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private BootResult run(BootConfig config, Plan plan) throws KernelImageException {
    BootMachine machine = new BootMachine(config, plan.outfit());
    try (OverdueRun _ = Session.overdue(plan.pace().limits(), standard, messages)) {
      return machine.run();
    }
  }

  private BootResult record(BootConfig config, Plan plan, RecordedNotes notes)
      throws UserError, KernelImageException {
    config.guest().image().requireRoom(config.guest().ramBytes());
    Path file = plan.outputs().recording().orElseThrow();
    Outfit outfit = plan.outfit();
    try (KernelRecorder recorder =
        RecordingFile.create(file, out -> KernelRecorder.start(config, outfit, notes, out))) {
      BootResult result = run(recorder.config(), plan);
      recorder.finish(result);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + HostErrors.reason(e), e);
    }
  }

  private static String json(BootResult result, String engine) {
    String at = result.at().toString();
    return """
    {"end":%s,"reason":%s,"exitCode":%d,"virtualSeconds":%s,"instructions":%d,\
    "exceptions":%d,"engine":%s}\
    """
        .formatted(
            JsonText.quoted(BootReport.word(result.end())),
            JsonText.quoted(BootReport.text(result.end())),
            BootReport.exitCode(result.end()),
            at.substring(0, at.length() - 1),
            result.instructions(),
            result.core().exceptionsTaken(),
            JsonText.quoted(engine));
  }
}
