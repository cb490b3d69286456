package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.machine.RunResult;
import dev.roundhouse.kernel.report.ViolationSink;
import java.io.UncheckedIOException;

/** Runs a recording of programs again and compares each step of it. */
public final class Replay {
  /**
   * Who sees and hears the run.
   *
   * @param console where the console's output goes
   * @param trace what happens
   * @param violations what programs do wrong
   * @param warnings of the devices
   */
  public record Audience(
      OutputPort console, TraceSink trace, ViolationSink violations, Warnings warnings) {}

  /** Looks at the machine. Called on its thread. */
  public interface Witness {
    /** It is about to run. */
    void starts(Machine machine);

    /** It has ended by itself; it is not closed yet. */
    void ended(Machine machine, RunResult result);
  }

  private final Recording recording;
  private final ReplayScene scene;
  private final MachineConfig.Guest guest;

  /**
   * A replay of a recording; it can be run any number of times.
   *
   * @throws IllegalArgumentException when the recording is of a booted kernel
   */
  public Replay(Recording recording) {
    if (!(recording.guest() instanceof RecordedGuest.Programs(var programs))) {
      throw new IllegalArgumentException("this recording is of a booted kernel, not of programs");
    }
    this.recording = recording;
    scene = new ReplayScene(recording);
    guest = programs;
  }

  /**
   * Runs it on an engine until its end or the first difference.
   *
   * @throws UncheckedIOException when the console's output cannot be written
   */
  public ReplayOutcome run(Engine engine, Audience audience, Witness witness) {
    ReplayCheck check = new ReplayCheck(recording, audience.trace());
    try (Machine machine =
        new Machine(config(engine, audience, check), recording.setup().outfit())) {
      witness.starts(machine);
      RunResult result = inTermsOfTheRecording(machine.run());
      witness.ended(machine, result);
      return check
          .compareEnd(RecordedEnd.of(result))
          .<ReplayOutcome>map(ReplayOutcome.Different::new)
          .orElseGet(() -> new ReplayOutcome.Identical(result, check.events()));
    } catch (ReplayCheck.Halt halt) {
      ReplayScene.flush(audience.console());
      return check.outcome().orElseThrow(() -> halt);
    }
  }

  private MachineConfig config(Engine engine, Audience audience, ReplayCheck check) {
    return new MachineConfig(
        engine,
        guest,
        scene.lines(audience.console()),
        scene.course(),
        new MachineConfig.Listeners(check, audience.violations(), audience.warnings(), check));
  }

  private RunResult inTermsOfTheRecording(RunResult result) {
    return new RunResult(
        scene.inTermsOfTheRecording(result.end()),
        result.at(),
        result.instructions(),
        result.supervisorCalls());
  }
}
