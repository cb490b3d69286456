package dev.roundhouse.devices.train;

import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.UartPort;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.devices.train.box.MarklinBox;
import dev.roundhouse.devices.train.box.SensorModules;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.TrainServices;
import dev.roundhouse.devices.train.fault.FaultRun;
import dev.roundhouse.devices.train.fault.FaultySet;
import dev.roundhouse.devices.train.fault.LossyLine;
import dev.roundhouse.devices.train.fault.UnreliableRails;
import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.devices.train.track.Track;
import java.util.SplittableRandom;

/**
 * A simulated train set in a machine: an interface box at a UART, and the track behind it. Its time
 * is the machine's; the same plan, commands and seed give the same run.
 */
public final class TrainSet {
  private final VirtualClock clock;
  private final Journal journal;
  private final Track track;
  private final MarklinBox box;
  private final LossyLine line;

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
    box = new MarklinBox(all.withOwnChance(), plan.timing(), modules, rails);
    line = new LossyLine(box, all.chance().split(), journal);
    plan.turnouts().forEach(track::putTurnout);
    plan.trains().forEach((number, sensor) -> track.place(locomotive(plan, number), sensor));
    FaultRun.start(plan.faults(), all.withOwnChance(), new FaultySet(track, box, rails, line));
  }

  /** Each seed is a day of its own; without one a locomotive is the mean of all. */
  private static Locomotive locomotive(TrainSetPlan plan, int number) {
    Locomotive locomotive = plan.locomotives().get(number);
    return plan.seed() == TrainSetPlan.NO_SEED ? locomotive.mean() : locomotive;
  }

  /** Plugs the box's cable into a UART, whose far end must be {@link #farEnd}. */
  public void connect(UartPort uart) {
    box.connect(uart);
  }

  /** What a UART's line leads to. */
  public SerialPeer farEnd() {
    return line;
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
