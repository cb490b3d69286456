package dev.roundhouse.devices.train.event;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import java.util.SplittableRandom;

/**
 * What a part of a train set needs from the machine around it.
 *
 * @param chance of its own, seeded
 */
public record TrainServices(
    VirtualClock clock, Agenda agenda, Journal journal, SplittableRandom chance) {
  /** The same with a stream of chance for one more part. */
  public TrainServices withOwnChance() {
    return new TrainServices(clock, agenda, journal, chance.split());
  }
}
