package dev.roundhouse.devices.train.track;

import java.util.ArrayList;
import java.util.List;

/** Which trains stand on which piece of track. */
final class Occupancy {
  private final List<List<Train>> trains = new ArrayList<>();

  Occupancy(int sections) {
    for (int section = 0; section < sections; section++) {
      trains.add(new ArrayList<>(2));
    }
  }

  void enter(int section, Train train) {
    if (!trains.get(section).contains(train)) {
      trains.get(section).add(train);
    }
  }

  void leave(int section, Train train) {
    trains.get(section).remove(train);
  }

  List<Train> on(int section) {
    return trains.get(section);
  }
}
