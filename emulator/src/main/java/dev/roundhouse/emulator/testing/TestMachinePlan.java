package dev.roundhouse.emulator.testing;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.emulator.engine.EngineChoice;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.run.RunLimits;
import java.util.Optional;

/**
 * What is put on the bench.
 *
 * @param engine the library that executes guest code
 * @param guest the programs and what they run on
 * @param console the UART whose output is the run's output when a recording of it is replayed
 * @param track a simulated track, if there is one
 * @param limits when the run ends at the latest
 */
public record TestMachinePlan(
    EngineChoice engine, Guest guest, int console, Optional<TrackAt> track, RunLimits limits) {
  /**
   * A simulated track.
   *
   * @param uart the UART that its interface box is plugged into, or {@link Cables#CAN}
   * @param plan what is on it
   */
  public record TrackAt(int uart, TrainSetPlan plan) {
    /** A track at that UART, if its box is for one. */
    public static TrackAt unlessOnCan(int uart, TrainSetPlan plan) {
      return new TrackAt(plan.box().kind() == BoxKind.CS3 ? Cables.CAN : uart, plan);
    }
  }
}
