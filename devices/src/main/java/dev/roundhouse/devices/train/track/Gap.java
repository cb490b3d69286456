package dev.roundhouse.devices.train.track;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to the next train on the same edge.
 *
 * @param mm millimetres
 * @param step how far a train may go until it looks again: the other one may come nearer
 */
record Gap(Train other, double mm, double step) {
  /** Distances are sums of doubles. */
  private static final double NEAR_MM = 1e-4;

  /** The least step towards a train that is moving too. */
  private static final double SMALLEST_STEP_MM = 2;

  /** The nearest train ahead of one whose front is on {@code first}. */
  static Optional<Gap> ahead(Train train, Span first, Occupancy occupancy) {
    List<Train> here = occupancy.on(first.edge.section());
    @Nullable Gap nearest = null;
    for (int i = 0; i < here.size(); i++) {
      Train other = here.get(i);
      Gap gap = other == train ? null : to(other, first);
      if (gap != null && (nearest == null || gap.mm < nearest.mm)) {
        nearest = gap;
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static @Nullable Gap to(Train other, Span first) {
    Optional<Path.Stretch> taken = other.on(first.edge);
    if (taken.isEmpty() || taken.get().to() < first.behind - NEAR_MM) {
      return null;
    }
    double mm = Math.max(0, taken.get().from() - first.behind);
    return new Gap(other, mm, other.isMoving() ? Math.max(mm / 2, SMALLEST_STEP_MM) : mm);
  }
}
