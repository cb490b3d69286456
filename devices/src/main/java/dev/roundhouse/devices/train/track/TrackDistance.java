package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Leg;
import dev.roundhouse.devices.train.layout.Node;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/** How far apart places are, along the track. */
public final class TrackDistance {
  private final Layout layout;

  /** Distances on a layout. */
  public TrackDistance(Layout layout) {
    this.layout = layout;
  }

  private record Reached(Node node, double mm) {}

  /**
   * The shortest way from a place to a node, in whichever direction of both and however turnouts
   * lie, without turning round on the way.
   *
   * @return millimetres, not negative; empty when no way leads there
   */
  public OptionalDouble between(Place place, Node node) {
    Edge edge = place.edge();
    double ahead = from(new Reached(edge.to(), edge.lengthMm() - place.mm()), node);
    double back = from(new Reached(layout.reverse(edge.from()), place.mm()), node);
    double least = Math.min(ahead, back);
    return Double.isInfinite(least) ? OptionalDouble.empty() : OptionalDouble.of(least);
  }

  private double from(Reached start, Node target) {
    Node other = layout.reverse(target);
    double[] best = new double[layout.nodes().size()];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    PriorityQueue<Reached> next = new PriorityQueue<>(Comparator.comparingDouble(Reached::mm));
    next.add(start);
    while (!next.isEmpty()) {
      Reached nearest = next.remove();
      Node node = nearest.node();
      if (node.equals(target) || node.equals(other)) {
        return nearest.mm();
      }
      if (nearest.mm() < best[node.index()]) {
        best[node.index()] = nearest.mm();
        for (Leg leg : Leg.values()) {
          layout
              .leaving(node, leg)
              .ifPresent(edge -> next.add(new Reached(edge.to(), nearest.mm() + edge.lengthMm())));
        }
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
