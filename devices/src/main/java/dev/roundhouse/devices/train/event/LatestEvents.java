package dev.roundhouse.devices.train.event;

import java.util.ArrayDeque;
import java.util.List;

/** What happened of late on a track: the newest first, and no more than a display can show. */
public final class LatestEvents {
  /** How many sensor hits are kept. */
  public static final int MOST_HITS = 32;

  /** How many accidents are kept. */
  public static final int MOST_ACCIDENTS = 16;

  private final ArrayDeque<SensorHit> hits = new ArrayDeque<>(MOST_HITS + 1);
  private final ArrayDeque<Accident> accidents = new ArrayDeque<>();

  LatestEvents() {}

  void note(SensorHit hit) {
    keep(hits, hit, MOST_HITS);
  }

  void note(Accident accident) {
    keep(accidents, accident, MOST_ACCIDENTS);
  }

  private static <E> void keep(ArrayDeque<E> events, E event, int most) {
    if (events.size() == most) {
      events.removeLast();
    }
    events.addFirst(event);
  }

  /** Sensors that were hit, the newest first. */
  public List<SensorHit> hits() {
    return List.copyOf(hits);
  }

  /** Accidents, the newest first. */
  public List<Accident> accidents() {
    return List.copyOf(accidents);
  }
}
