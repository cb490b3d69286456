package dev.roundhouse.devices.train;

import dev.roundhouse.devices.train.event.Accident;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.SensorHit;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.track.TrainView;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A track at a moment. It never changes, so any thread may read it.
 *
 * @param nanos virtual time
 * @param trains by ascending number
 * @param turnouts where each turnout is
 * @param hits sensors that were hit of late, the newest first
 * @param accidents the newest first
 */
public record TrackSnapshot(
    long nanos,
    Layout layout,
    Power power,
    List<TrainView> trains,
    SortedMap<Integer, Position> turnouts,
    List<SensorHit> hits,
    List<Accident> accidents) {
  /** Copies what could change. */
  public TrackSnapshot {
    trains = List.copyOf(trains);
    turnouts = Collections.unmodifiableSortedMap(new TreeMap<>(turnouts));
    hits = List.copyOf(hits);
    accidents = List.copyOf(accidents);
  }
}
