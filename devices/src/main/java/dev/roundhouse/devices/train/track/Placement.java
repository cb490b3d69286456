package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.train.file.TrainSetException;
import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.motion.Body;
import dev.roundhouse.devices.train.motion.Locomotive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where a train stands that is put down with its pick-up just past a node. */
record Placement(Layout layout, Turnouts turnouts) {
  private static final double JUST_PAST_MM = 1;

  /** The edges under it, its end first. */
  List<Span> of(Locomotive locomotive, Node node) {
    Body body = locomotive.body();
    double front = body.overhang(Body.Heading.FORWARD) + JUST_PAST_MM;
    List<Span> spans = new ArrayList<>();
    double covered = 0;
    for (Edge edge : walk(node, body.length() - front, locomotive, node)) {
      covered += edge.lengthMm();
      spans.add(new Span(layout.reverse(edge), front + covered));
    }
    Collections.reverse(spans);
    covered = 0;
    for (Edge edge : walk(layout.reverse(node), front, locomotive, node)) {
      spans.add(new Span(edge, front - covered));
      covered += edge.lengthMm();
    }
    return spans;
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
                  new TrainSetException(
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
