package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.train.layout.Edge;

/**
 * A piece of track under a train.
 *
 * @param edge in the direction of travel
 * @param fromMm from the edge's start to the end of the piece that goes last
 * @param toMm to the one that goes first
 */
public record Covered(Edge edge, double fromMm, double toMm) {}
