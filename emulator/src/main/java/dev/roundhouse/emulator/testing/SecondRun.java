package dev.roundhouse.emulator.testing;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.ReplayGate;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.record.RecordedNotes;
import dev.roundhouse.emulator.record.Recorder;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.run.RunResult;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs what was on the bench again, to record it: a test that passes need not pay for a recording.
 *
 * @param entered the input and its times
 * @param lines the UARTs that somebody could type at
 */
record SecondRun(
    TestMachinePlan plan, List<ReplayGate.Stamped> entered, Collection<Integer> lines) {
  /** Records the run up to its end, or to the time at which it stands. */
  void record(VirtualTime now, Optional<RunResult> first, OutputStream out)
      throws IOException, RecordingException {
    List<ReplayGate.Stamped> inputs = new ArrayList<>(entered);
    if (first.isEmpty()) {
      inputs.add(new ReplayGate.Stamped(now.nanos(), new ExternalInput.StopRequest()));
    }
    RecordedNotes notes = new RecordedNotes(plan.console(), plan.engine().finding().text());
    try (out;
        Recorder recorder = Recorder.start(config(inputs), notes, out);
        Machine machine = new Machine(recorder.config())) {
      RunResult again = machine.run();
      recorder.finish(again);
      boolean isSame = first.map(again::equals).orElseGet(() -> again.at().equals(now));
      if (!isSame) {
        throw new IllegalStateException(
            "a second run of the same steps was another one: it ended at "
                + again.at()
                + ", the first at "
                + first.map(RunResult::at).orElse(now));
      }
    }
  }

  private MachineConfig config(List<ReplayGate.Stamped> inputs) {
    Map<Integer, UartAttachment> attachments = new TreeMap<>();
    for (int uart : lines) {
      attachments.put(
          uart, new UartAttachment(new InputSource.Live((_, _) -> {}), OutputPort.none()));
    }
    plan.track()
        .ifPresent(track ->
            attachments.put(
                track.uart(),
                new UartAttachment(
                    new InputSource.SimulatedTrains(track.plan()), OutputPort.none())));
    return new MachineConfig(
        plan.engine().engine(),
        plan.guest(),
        attachments,
        new MachineConfig.Run(RunLimits.NONE, MachineConfig.Pacing.UNPACED, Optional.of(inputs)),
        new MachineConfig.Listeners(new SilentTrace(), _ -> {}, (_, _) -> {}, InputLog.none()));
  }
}
