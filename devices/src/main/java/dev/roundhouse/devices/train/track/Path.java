package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The edges under a train, from its end to the end that goes first. */
final class Path {
  private final ArrayDeque<Span> spans = new ArrayDeque<>();
  private final double length;
  private List<Mark> marks;

  Path(double length, List<Mark> marks) {
    this.length = length;
    this.marks = marks;
  }

  Iterable<Span> spans() {
    return spans;
  }

  Span first() {
    return spans.getLast();
  }

  Mark mark(int index) {
    return marks.get(index);
  }

  boolean hasMark(int index) {
    return index < marks.size();
  }

  /** The edge that the train's end has left, taken out, once its end has passed the next one. */
  Edge dropLast() {
    return spans.removeFirst().edge;
  }

  void add(Edge edge, double behind) {
    Span span = new Span(edge, behind);
    while (hasMark(span.nextMark) && mark(span.nextMark).mm() <= behind) {
      span.nextMark++;
    }
    spans.addLast(span);
  }

  /** An edge just entered: its marks are all still to pass. */
  void enter(Edge edge, double behind) {
    spans.addLast(new Span(edge, behind));
  }

  void move(double mm) {
    for (Span span : spans) {
      span.behind += mm;
    }
  }

  /** How far the train may go until something happens on its path. */
  double toNextEvent() {
    double least = first().edge.lengthMm() - first().behind;
    for (Span span : spans) {
      if (hasMark(span.nextMark)) {
        least = Math.min(least, mark(span.nextMark).mm() - span.behind);
      }
    }
    return least;
  }

  /** Turns the train round: its other end goes first, with that direction's marks. */
  void reverse(Layout layout, List<Mark> newMarks) {
    List<Span> old = new ArrayList<>(spans);
    spans.clear();
    marks = newMarks;
    double behind = length + first(old).edge.lengthMm() - first(old).behind;
    for (int i = old.size() - 1; i >= 0; i--) {
      add(layout.reverse(old.get(i).edge), behind);
      behind = length - old.get(i).behind;
    }
  }

  private static Span first(List<Span> spans) {
    return spans.get(spans.size() - 1);
  }

  /** Where a point is that lies {@code mm} behind the end that goes first. */
  Place at(double mm) {
    Iterator<Span> fromFirst = spans.descendingIterator();
    Span span = fromFirst.next();
    while (span.behind < mm && fromFirst.hasNext()) {
      span = fromFirst.next();
    }
    return new Place(span.edge, span.behind - mm);
  }

  /** Whether the train stands across a turnout. */
  boolean isAcross(int turnout) {
    for (Span span : spans) {
      boolean over = span.behind < length && span.behind >= 0;
      if (over && turnoutAt(span.edge.from()).filter(n -> n == turnout).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the pick-up touches a node, between the marks of {@code from} and {@code to}. */
  boolean isBetween(Span span, Mark.Kind from, Mark.Kind to) {
    return span.behind >= offset(from) && span.behind < offset(to);
  }

  private double offset(Mark.Kind kind) {
    return marks.stream().filter(mark -> mark.kind() == kind).findFirst().orElseThrow().mm();
  }

  /** The turnout that a node belongs to. */
  static Optional<Integer> turnoutAt(Node node) {
    return switch (node.role()) {
      case Role.Branch(int turnout) -> Optional.of(turnout);
      case Role.Merge(int turnout) -> Optional.of(turnout);
      case Role.Sensor sensor -> Optional.empty();
      case Role.Enter enter -> Optional.empty();
      case Role.Exit exit -> Optional.empty();
    };
  }

  /**
   * The stretch of {@code edge}, or of its reverse, under the train, in millimetres from the start
   * of {@code edge}.
   */
  Optional<Stretch> on(Edge edge, double moved) {
    for (Span span : spans) {
      if (span.edge.section() == edge.section()) {
        double from = Math.max(0, span.behind + moved - length);
        double to = Math.min(edge.lengthMm(), span.behind + moved);
        boolean same = span.edge.equals(edge);
        return Optional.of(
            same
                ? new Stretch(from, to)
                : new Stretch(edge.lengthMm() - to, edge.lengthMm() - from));
      }
    }
    return Optional.empty();
  }

  /** The pieces of track under the train once it has moved on, its end first. */
  List<Covered> under(double moved) {
    List<Covered> pieces = new ArrayList<>(spans.size());
    for (Span span : spans) {
      double from = Math.max(0, span.behind + moved - length);
      double to = Math.min(span.edge.lengthMm(), span.behind + moved);
      if (from <= to) {
        pieces.add(new Covered(span.edge, from, to));
      }
    }
    return pieces;
  }

  /** A stretch of an edge. */
  record Stretch(double from, double to) {}
}
