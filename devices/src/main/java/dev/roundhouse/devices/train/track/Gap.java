package dev.roundhouse.devices.train.track;

import java.util.Comparator;
import java.util.Optional;

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
    return occupancy.on(first.edge.section()).stream()
        .filter(other -> other != train)
        .flatMap(other -> to(other, first).stream())
        .min(Comparator.comparingDouble(Gap::mm));
  }

  private static Optional<Gap> to(Train other, Span first) {
    boolean moves = other.isMoving();
    return other
        .on(first.edge)
        .filter(taken -> taken.to() >= first.behind - NEAR_MM)
        .map(taken -> Math.max(0, taken.from() - first.behind))
        .map(mm -> new Gap(other, mm, moves ? Math.max(mm / 2, SMALLEST_STEP_MM) : mm));
  }
}
