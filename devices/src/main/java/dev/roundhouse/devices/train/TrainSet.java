package dev.roundhouse.devices.train;

import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.devices.train.box.MarklinBox;
import dev.roundhouse.devices.train.box.SensorModules;
import dev.roundhouse.devices.train.cs3.CentralStation;
import dev.roundhouse.devices.train.cs3.StationRails;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.TrainServices;
import dev.roundhouse.devices.train.fault.FaultRun;
import dev.roundhouse.devices.train.fault.FaultyBox;
import dev.roundhouse.devices.train.fault.FaultySerialBox;
import dev.roundhouse.devices.train.fault.FaultySet;
import dev.roundhouse.devices.train.fault.FaultyStation;
import dev.roundhouse.devices.train.fault.LossyLine;
import dev.roundhouse.devices.train.fault.UnreliableRails;
import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.devices.train.track.Track;
import java.util.SplittableRandom;

/**
 * A simulated train set in a machine: a box at a UART or on CAN, and the track behind it. Its time
 * is the machine's; the same plan, commands and seed give the same run.
 */
public final class TrainSet {
  private final VirtualClock clock;
  private final Journal journal;
  private final Track track;
  private final BoxCable cable;

  /**
   * What a train set needs from its machine.
   *
   * @param trace where {@link dev.roundhouse.devices.train.event.TrainEvent}s go
   * @param warnings what the user must see: accidents and misuse
   */
  public record Machine(VirtualClock clock, Agenda agenda, TraceSink trace, Warnings warnings) {}

  TrainSet(TrainSetPlan plan, Machine machine) {
    clock = machine.clock();
    journal = new Journal(clock, machine.trace(), machine.warnings());
    TrainServices all =
        new TrainServices(clock, machine.agenda(), journal, new SplittableRandom(plan.seed()));
    SensorModules modules = new SensorModules();
    track = new Track(all.withOwnChance(), plan.layout(), modules);
    UnreliableRails rails = new UnreliableRails(track, all.chance().split(), journal);
    StationRails behind =
        new StationRails(rails, modules, plan.trains().keySet(), plan.layout().turnouts());
    cable = cable(plan.box(), all, machine, behind);
    plan.turnouts().forEach(track::putTurnout);
    plan.trains().forEach((number, sensor) -> track.place(locomotive(plan, number), sensor));
    FaultyBox faulty =
        switch (cable) {
          case BoxCable.Serial(var box, var farEnd) -> new FaultySerialBox(box, farEnd);
          case BoxCable.Can(var bus, var station) ->
              new FaultyStation(station, bus, all.withOwnChance());
        };
    FaultRun.start(plan.faults(), all.withOwnChance(), new FaultySet(track, rails, faulty));
  }

  /** Each seed is a day of its own; without one a locomotive is the mean of all. */
  private static Locomotive locomotive(TrainSetPlan plan, int number) {
    Locomotive locomotive = plan.locomotives().get(number);
    return plan.seed() == TrainSetPlan.NO_SEED ? locomotive.mean() : locomotive;
  }

  private static BoxCable cable(
      BoxPlan box, TrainServices all, Machine machine, StationRails rails) {
    return switch (box) {
      case BoxPlan.Serial(var timing) -> {
        MarklinBox made =
            new MarklinBox(all.withOwnChance(), timing, rails.modules(), rails.track());
        yield new BoxCable.Serial(made, new LossyLine(made, all.chance().split(), all.journal()));
      }
      case BoxPlan.Can(var settings) -> {
        CanBus bus =
            new CanBus(machine.clock(), machine.agenda(), machine.trace(), CanBus.BIT_NANOS);
        yield new BoxCable.Can(bus, new CentralStation(all.withOwnChance(), settings, rails, bus));
      }
    };
  }

  /** By what a program reaches the box. */
  public BoxCable cable() {
    return cable;
  }

  public Track track() {
    return track;
  }

  /** How everything on the track is now. Looking changes nothing. */
  public TrackSnapshot snapshot() {
    return new TrackSnapshot(
        clock.nanos(),
        track.layout(),
        track.power(),
        track.trains(),
        track.turnouts(),
        journal.latest().hits(),
        journal.latest().accidents());
  }
}
