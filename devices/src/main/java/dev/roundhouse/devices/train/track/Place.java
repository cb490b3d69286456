package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.train.layout.Edge;
import java.util.Locale;

/**
 * A point on the track.
 *
 * @param edge the edge, in the direction of travel
 * @param mm millimetres from its start
 */
public record Place(Edge edge, double mm) {
  /** Such as {@code C13+12 mm}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s+%.0f mm", edge.from().name(), mm);
  }
}
