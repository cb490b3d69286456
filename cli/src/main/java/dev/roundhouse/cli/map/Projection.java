package dev.roundhouse.cli.map;

import dev.roundhouse.cli.map.Canvas.Dot;
import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Point;
import java.util.List;
import java.util.Optional;

/** From a layout's coordinates to dots. */
final class Projection {
  /** How much more one direction may be stretched than the other to fill the canvas. */
  private static final double MOST_DISTORTION = 1.6;

  private static final int MARGIN_CELLS = 1;

  private final Layout layout;
  private final Point least;
  private final double scaleX;
  private final double scaleY;
  private final Dot origin;

  private Projection(Layout layout, List<Point> points, Canvas canvas) {
    this.layout = layout;
    double left = points.stream().mapToDouble(Point::x).min().orElse(0);
    double right = points.stream().mapToDouble(Point::x).max().orElse(0);
    double top = points.stream().mapToDouble(Point::y).min().orElse(0);
    double bottom = points.stream().mapToDouble(Point::y).max().orElse(0);
    least = new Point(left, top);
    double width = (canvas.columns() - 2 * MARGIN_CELLS) * Canvas.DOTS_ACROSS - 1.0;
    double height = (canvas.rows() - 2 * MARGIN_CELLS) * Canvas.DOTS_DOWN - 1.0;
    double fillX = width / Math.max(right - left, 1);
    double fillY = height / Math.max(bottom - top, 1);
    scaleX = Math.min(fillX, fillY * MOST_DISTORTION);
    scaleY = Math.min(fillY, fillX * MOST_DISTORTION);
    origin =
        new Dot(
            MARGIN_CELLS * Canvas.DOTS_ACROSS + (width - scaleX * (right - left)) / 2,
            MARGIN_CELLS * Canvas.DOTS_DOWN + (height - scaleY * (bottom - top)) / 2);
  }

  /** A projection onto a canvas, if the layout says of every node where it is drawn. */
  static Optional<Projection> of(Layout layout, Canvas canvas) {
    List<Point> points =
        layout.nodes().stream().flatMap(node -> layout.point(node).stream()).toList();
    return points.size() == layout.nodes().size()
        ? Optional.of(new Projection(layout, points, canvas))
        : Optional.empty();
  }

  Dot of(Node node) {
    Point point = layout.point(node).orElse(least);
    return new Dot(
        origin.x() + (point.x() - least.x()) * scaleX,
        origin.y() + (point.y() - least.y()) * scaleY);
  }

  /** The place so many millimetres from the start of an edge. */
  Dot of(Edge edge, double mm) {
    double part = edge.lengthMm() == 0 ? 0 : Math.clamp(mm / edge.lengthMm(), 0.0, 1.0);
    return of(edge.from()).towards(of(edge.to()), part);
  }
}
