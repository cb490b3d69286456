package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.train.event.Journal;
import java.util.SplittableRandom;

/**
 * What a track needs from the machine around it.
 *
 * @param chance of its own, seeded
 */
public record TrackServices(
    VirtualClock clock, Agenda agenda, Journal journal, SplittableRandom chance) {}
