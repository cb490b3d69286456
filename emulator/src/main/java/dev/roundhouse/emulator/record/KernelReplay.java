package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.fullsystem.KernelImageException;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.machine.BootConfig;
import dev.roundhouse.emulator.machine.BootEnd;
import dev.roundhouse.emulator.machine.BootMachine;
import dev.roundhouse.emulator.machine.BootResult;
import dev.roundhouse.emulator.machine.MachineConfig;
import java.io.UncheckedIOException;

/** Boots the kernel of a recording again and compares each step of its run. */
public final class KernelReplay {
  private final Recording recording;
  private final ReplayScene scene;
  private final BootConfig.Guest guest;

  /**
   * Who sees and hears the run.
   *
   * @param console where the console's output goes
   * @param trace what happens
   * @param warnings of the devices and the core
   */
  public record Audience(OutputPort console, TraceSink trace, Warnings warnings) {}

  /**
   * A replay of a recording; it can be run any number of times.
   *
   * @throws IllegalArgumentException when the recording is of programs
   */
  public KernelReplay(Recording recording) {
    if (!(recording.guest() instanceof RecordedGuest.Kernel(var kernel))) {
      throw new IllegalArgumentException("programs are replayed by Replay");
    }
    this.recording = recording;
    scene = new ReplayScene(recording);
    guest = kernel;
  }

  /**
   * Runs it on an engine until its end or the first difference.
   *
   * @throws dev.roundhouse.emulator.cpu.FullSystemUnsupportedException when the engine library
   *     cannot do it
   * @throws UncheckedIOException when the console's output cannot be written
   */
  public ReplayOutcome run(Engine engine, Audience audience) {
    ReplayCheck check = new ReplayCheck(recording, audience.trace());
    try {
      BootResult result = inTermsOfTheRecording(machine(engine, audience, check).run());
      return check
          .compareEnd(RecordedEnd.of(result))
          .<ReplayOutcome>map(ReplayOutcome.Different::new)
          .orElseGet(() -> new ReplayOutcome.IdenticalBoot(result, check.events()));
    } catch (ReplayCheck.Halt halt) {
      ReplayScene.flush(audience.console());
      return check.outcome().orElseThrow(() -> halt);
    }
  }

  private BootMachine machine(Engine engine, Audience audience, ReplayCheck check) {
    BootConfig config =
        new BootConfig(
            engine,
            guest,
            scene.lines(audience.console()),
            scene.course(),
            new MachineConfig.Listeners(check, _ -> {}, audience.warnings(), check));
    try {
      return new BootMachine(config, recording.setup().outfit());
    } catch (KernelImageException e) {
      throw new IllegalStateException("the recording's reader saw to that", e);
    }
  }

  private BootResult inTermsOfTheRecording(BootResult result) {
    return result.end() instanceof BootEnd.Cut(var why)
        ? new BootResult(
            new BootEnd.Cut(scene.inTermsOfTheRecording(why)),
            result.at(),
            result.instructions(),
            result.core())
        : result;
  }
}
