package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.train.event.TrainServices;
import dev.roundhouse.devices.train.layout.Layout;
import java.util.List;

/**
 * What a train runs in.
 *
 * @param speedFactors for each piece of track the part of its speed at which a train runs there
 */
record TrackParts(
    TrainServices services,
    Layout layout,
    Turnouts turnouts,
    Sensors sensors,
    Occupancy occupancy,
    List<Double> speedFactors) {}
