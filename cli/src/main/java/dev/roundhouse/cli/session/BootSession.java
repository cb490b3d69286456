package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.cpu.FullSystemUnsupportedException;
import dev.roundhouse.emulator.engine.EngineChoice;
import dev.roundhouse.emulator.fullsystem.CoreReport;
import dev.roundhouse.emulator.fullsystem.KernelImageException;
import dev.roundhouse.emulator.host.StandardEnd;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.machine.BootConfig;
import dev.roundhouse.emulator.machine.BootEnd;
import dev.roundhouse.emulator.machine.BootMachine;
import dev.roundhouse.emulator.machine.BootResult;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.machine.MachineConfig.Pacing;
import dev.roundhouse.emulator.machine.Outfit;
import dev.roundhouse.emulator.machine.RunEnd;
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
    if (plan.outputs().recording().isPresent()) {
      throw new UserError(ExitCode.USAGE, "--record: booted kernels cannot be recorded yet");
    }
    OutfitWishes.requirePlaces(
        plan.outfit(), List.of(new AddressRange(0, plan.guest().ramBytes())));
    EngineChoice engine = new Session(standard, messages, environment).choose(plan.engine());
    BootResult result = execute(plan, engine);
    int exitCode = exitCode(result.end());
    Tone tone = exitCode == ExitCode.FINISHED.code() ? Tone.ASIDE : Tone.ERROR;
    messages.say(tone, text(result.end()) + " (at " + result.at() + ")");
    if (result.end() instanceof BootEnd.Lost) {
      String report = CoreReport.of(result.core(), plan.guest().image().symbols());
      messages.show(Tone.PLAIN, report.stripTrailing());
    }
    if (plan.outputs().summary() == RunPlan.Summary.JSON) {
      messages.show(Tone.PLAIN, json(result, engine.finding().text()));
    }
    return exitCode;
  }

  private BootResult execute(Plan plan, EngineChoice engine) throws UserError {
    Complaints complaints = new Complaints(messages, standard.out());
    try (LineEnds ends = LineEnds.open(plan.lines(), standard, messages);
        OpenTrace trace = OpenTrace.at(plan.outputs().trace())) {
      Pacing pacing = ends.areLive() ? Pacing.REAL_TIME : plan.pace().pacing();
      var listeners =
          new MachineConfig.Listeners(trace.sink(), complaints, complaints, InputLog.none());
      var course = new MachineConfig.Course(plan.pace().limits(), pacing, Optional.empty());
      return new BootMachine(
              new BootConfig(engine.engine(), plan.guest(), ends.attachments(), course, listeners),
              plan.outfit())
          .run();
    } catch (KernelImageException e) {
      throw new UserError(ExitCode.PROGRAM, String.valueOf(e.getMessage()), e);
    } catch (FullSystemUnsupportedException e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private static int exitCode(BootEnd end) {
    return switch (end) {
      case BootEnd.Finished() -> ExitCode.FINISHED.code();
      case BootEnd.Rebooted() -> ExitCode.FINISHED.code();
      case BootEnd.Exited(int code) -> code;
      case BootEnd.Lost(String _) -> ExitCode.FAULT.code();
      case BootEnd.Cut(RunEnd why) -> RunReport.exitCode(why);
    };
  }

  private static String text(BootEnd end) {
    return switch (end) {
      case BootEnd.Finished() -> "finished: the kernel waits for an interrupt that cannot come";
      case BootEnd.Rebooted() -> "the kernel asked for a reboot (--no-reboot)";
      case BootEnd.Exited(int code) -> "the kernel ended the run with exit code " + code;
      case BootEnd.Lost(String what) -> "the kernel cannot go on: " + what;
      case BootEnd.Cut(RunEnd why) -> RunReport.text(why);
    };
  }

  private static String word(BootEnd end) {
    return switch (end) {
      case BootEnd.Finished() -> "finished";
      case BootEnd.Rebooted() -> "rebooted";
      case BootEnd.Exited(int _) -> "exited";
      case BootEnd.Lost(String _) -> "lost";
      case BootEnd.Cut(RunEnd why) -> RunReport.word(why);
    };
  }

  private static String json(BootResult result, String engine) {
    String at = result.at().toString();
    return """
    {"end":%s,"reason":%s,"exitCode":%d,"virtualSeconds":%s,"instructions":%d,\
    "exceptions":%d,"engine":%s}\
    """
        .formatted(
            JsonSummary.quoted(word(result.end())),
            JsonSummary.quoted(text(result.end())),
            exitCode(result.end()),
            at.substring(0, at.length() - 1),
            result.instructions(),
            result.core().exceptionsTaken(),
            JsonSummary.quoted(engine));
  }
}
