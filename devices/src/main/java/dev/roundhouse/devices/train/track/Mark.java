package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.train.motion.Body;
import dev.roundhouse.devices.train.motion.Body.Heading;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A point along a train at which something happens when it passes a node.
 *
 * @param mm behind the end that goes first
 */
record Mark(Kind kind, double mm) {
  /** How long a turnout's stretch without current is; not published. */
  static final double DEAD_ZONE_MM = 10;

  enum Kind {
    /** The pick-up reaches the node. */
    PICK_UP,
    /** The pick-up has passed a turnout's stretch without current. */
    DEAD_ZONE_END,
    /** The pick-up has left the node. */
    PICK_UP_END,
    /** The train's end has passed the node. */
    CLEAR
  }

  /** All marks in the order in which they pass a node. */
  static List<Mark> of(Body body, Heading heading) {
    double pickUp = body.overhang(heading);
    return Stream.of(
            new Mark(Kind.PICK_UP, pickUp),
            new Mark(Kind.DEAD_ZONE_END, pickUp + DEAD_ZONE_MM),
            new Mark(Kind.PICK_UP_END, pickUp + body.shoe()),
            new Mark(Kind.CLEAR, body.length()))
        .sorted(Comparator.comparingDouble(Mark::mm))
        .toList();
  }
}
