package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.train.layout.Edge;

/** An edge that a train stands on, at least in part. */
final class Span {
  final Edge edge;

  /** How far the edge's start lies behind the train's end that goes first, in millimetres. */
  double behind;

  /** The next of the train's marks that the edge's start will pass. */
  int nextMark;

  Span(Edge edge, double behind) {
    this.edge = edge;
    this.behind = behind;
  }
}
