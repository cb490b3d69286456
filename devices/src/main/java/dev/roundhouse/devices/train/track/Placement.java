package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.motion.Body;
import dev.roundhouse.devices.train.motion.Locomotive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where a train stands that is put down with its pick-up at a spot. */
record Placement(Layout layout, Turnouts turnouts) {
  /** The edges under it, its end first. */
  List<Span> of(Locomotive locomotive, Spot spot) {
    Node node = spot.sensor();
    Body body = locomotive.body();
    double front = body.overhang(Body.Heading.FORWARD) + spot.past();
    List<Span> spans = new ArrayList<>();
    double covered = 0;
    for (Edge edge : walk(node, body.length() - front, locomotive, node)) {
      covered += edge.lengthMm();
      addIfUnder(body, new Span(layout.reverse(edge), front + covered), spans);
    }
    Collections.reverse(spans);
    covered = 0;
    for (Edge edge : walk(layout.reverse(node), front, locomotive, node)) {
      addIfUnder(body, new Span(edge, front - covered), spans);
      covered += edge.lengthMm();
    }
    return spans;
  }

  /** A train that is put down far from its sensor does not stand on all edges on the way to it. */
  private static void addIfUnder(Body body, Span span, List<Span> spans) {
    boolean isAhead = span.behind <= 0;
    boolean isBehind = span.behind - span.edge.lengthMm() >= body.length();
    if (!isAhead && !isBehind) {
      spans.add(span);
    }
  }

  /** The edges from the other direction of {@code back} on that cover this distance. */
  private List<Edge> walk(Node back, double distance, Locomotive locomotive, Node at) {
    List<Edge> edges = new ArrayList<>();
    Node node = layout.reverse(back);
    double covered = 0;
    while (covered < distance) {
      Edge edge =
          turnouts
              .leaving(node)
              .orElseThrow(() ->
                  new DescriptionException(
                      "no room for train "
                          + locomotive.address()
                          + " at "
                          + at.name()
                          + ": the track ends"));
      edges.add(edge);
      covered += edge.lengthMm();
      node = edge.to();
    }
    return edges;
  }
}
