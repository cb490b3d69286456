package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.run.Pause;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.emulator.tasks.TaskReport;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.report.ViolationSink;
import java.util.Optional;
import java.util.function.Function;

/** Runs a recording again and compares each step of it. */
public final class Replay {
  /**
   * Who sees and hears the run.
   *
   * @param console where the console's output goes
   * @param trace what happens
   * @param violations what programs do wrong
   * @param warnings of the devices and the core
   */
  public record Listeners(
      OutputPort console, TraceSink trace, ViolationSink violations, Warnings warnings) {}

  /** Looks at the machine. Called on its thread. */
  public interface Observer {
    /** Looks away. */
    Observer NOBODY =
        new Observer() {
          @Override
          public void starts(Machine machine) {
            // Not looked at.
          }

          @Override
          public void ended(Machine machine, RunResult result) {
            // Not looked at.
          }
        };

    /** It is about to run. */
    void starts(Machine machine);

    /** It has ended by itself; it is not closed yet. */
    void ended(Machine machine, RunResult result);
  }

  private final Recording recording;
  private final ReplaySetup scene;
  private final Guest guest;

  /** A replay of a recording that may take as long as it will; see the other constructor. */
  public Replay(Recording recording) {
    this(recording, Long.MAX_VALUE);
  }

  /**
   * A replay of a recording; it can be run any number of times.
   *
   * @param wallNanos the real time that it may take
   */
  public Replay(Recording recording, long wallNanos) {
    this(recording, new ReplaySetup(recording, wallNanos), recording.guest());
  }

  private Replay(Recording recording, ReplaySetup scene, Guest guest) {
    this.recording = recording;
    this.scene = scene;
    this.guest = guest;
  }

  /** The same, whose trace also tells what a booted kernel's tasks do at its boundary. */
  public Replay watchedBy(CallAbi abi) {
    return guest instanceof Guest.Kernel kernel
        ? new Replay(recording, scene, kernel.watchedBy(abi))
        : this;
  }

  /**
   * Runs it on an engine until its end or the first difference.
   *
   * @throws dev.roundhouse.emulator.cpu.FullSystemUnsupportedException when the engine library
   *     cannot boot kernels
   * @throws java.io.UncheckedIOException when the console's output cannot be written
   */
  public ReplayOutcome run(Engine engine, Listeners audience, Observer witness) {
    return run(engine, audience, witness, Machine::run);
  }

  /** The same, run by somebody who lets the machine pause, and changes nothing of it. */
  public ReplayOutcome run(
      Engine engine, Listeners audience, Observer witness, Function<Machine, RunResult> course) {
    ReplayCheck check = new ReplayCheck(recording, audience.trace());
    try (Machine machine = new Machine(config(engine, audience, check))) {
      witness.starts(machine);
      RunResult replayed = course.apply(machine);
      if (replayed.end() instanceof RunEnd.WallTimeout) {
        return new ReplayOutcome.IdenticalUntilTimeout(replayed.at(), check.events());
      }
      RunResult result = scene.inTermsOfTheRecording(replayed);
      witness.ended(machine, result);
      return check
          .compareEnd(RecordedEnd.of(result))
          .<ReplayOutcome>map(ReplayOutcome.Different::new)
          .orElseGet(() -> new ReplayOutcome.Identical(result, check.events()));
    } catch (ReplayCheck.Halt halt) {
      ReplaySetup.flush(audience.console());
      return check.outcome().orElseThrow(() -> halt);
    }
  }

  /**
   * Runs it on an engine until a pause, or its end if that is earlier, and tells of its tasks
   * there.
   *
   * @return nothing of a booted kernel whose calls are not known: see {@link #watchedBy}
   * @throws dev.roundhouse.emulator.cpu.FullSystemUnsupportedException when the engine library
   *     cannot boot kernels
   */
  public Optional<TaskReport> tasksAt(Engine engine, Listeners audience, Pause pause) {
    ReplayCheck check = new ReplayCheck(recording, audience.trace());
    try (Machine machine = new Machine(config(engine, audience, check))) {
      try {
        Optional<RunResult> _ = machine.runUntil(pause);
      } catch (ReplayCheck.Halt halt) {
        // It differs, or is cut off there: that is as far as it goes.
      }
      return machine.tasks();
    }
  }

  private MachineConfig config(Engine engine, Listeners audience, ReplayCheck check) {
    return new MachineConfig(
        engine,
        guest,
        scene.lines(audience.console()),
        recording.setup().extras(),
        scene.run(),
        new MachineConfig.Listeners(check, audience.violations(), audience.warnings(), check));
  }
}
