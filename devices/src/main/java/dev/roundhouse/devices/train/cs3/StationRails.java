package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.train.box.SensorModules;
import dev.roundhouse.devices.train.box.Trackside;
import java.util.Collection;
import java.util.List;

/**
 * What is behind a station.
 *
 * @param trains those in its list
 * @param turnouts those in its list
 */
public record StationRails(
    Trackside track,
    SensorModules modules,
    Collection<Integer> trains,
    Collection<Integer> turnouts) {
  /** Copies the lists. */
  public StationRails {
    trains = List.copyOf(trains);
    turnouts = List.copyOf(turnouts);
  }
}
