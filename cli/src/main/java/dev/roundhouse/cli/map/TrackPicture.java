package dev.roundhouse.cli.map;

import dev.roundhouse.cli.map.Canvas.Dot;
import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.SensorHit;
import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Leg;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import dev.roundhouse.devices.train.track.Covered;
import dev.roundhouse.devices.train.track.TrainState;
import dev.roundhouse.devices.train.track.TrainView;
import java.util.List;
import java.util.Optional;

/** Draws the rails and what is on them. */
final class TrackPicture {
  /** How long a sensor that was hit is shown so. */
  static final long SHOWN_NANOS = 2_000_000_000;

  /** How much of a leg is left out next to a turnout that leads to the other one. */
  private static final double GAP_DOTS = 5;

  private static final double LARGEST_GAP = 0.5;

  private final TrackSnapshot snapshot;
  private final Layout layout;
  private final Glyphs glyphs;
  private final Canvas canvas;
  private final Projection projection;
  private final Labels labels;

  TrackPicture(TrackSnapshot snapshot, Glyphs glyphs, Canvas canvas, Projection projection) {
    this.snapshot = snapshot;
    layout = snapshot.layout();
    this.glyphs = glyphs;
    this.canvas = canvas;
    this.projection = projection;
    labels = new Labels(canvas);
  }

  /** Draws everything; what is drawn first has the first choice of room. */
  void draw() {
    layout.edges().stream()
        .filter(edge -> edge.index() <= layout.reverse(edge).index())
        .forEach(this::rails);
    List<Node> sensors =
        layout.nodes().stream().filter(node -> node.role() instanceof Role.Sensor).toList();
    sensors.forEach(node -> mark(projection.of(node), glyphs.sensor(), Ink.FAINT));
    List<SensorHit> lately =
        snapshot.hits().stream()
            .filter(hit -> snapshot.nanos() - hit.nanos() < SHOWN_NANOS)
            .toList();
    lately.forEach(hit -> node(hit).ifPresent(at -> mark(at, glyphs.hit(), Ink.HIT)));
    for (int i = 0; i < snapshot.trains().size(); i++) {
      train(snapshot.trains().get(i), Ink.ofTrain(i));
    }
    lately.forEach(hit -> node(hit).ifPresent(at -> labels.perhaps(at, hit.sensor(), Ink.HIT)));
    turnoutNumbers();
    sensors.stream()
        .filter(node -> node.index() < layout.reverse(node).index())
        .forEach(node -> labels.perhaps(projection.of(node), node.name(), Ink.FAINT));
  }

  private Optional<Dot> node(SensorHit hit) {
    return layout.node(hit.sensor()).map(projection::of);
  }

  private void mark(Dot at, char glyph, Ink ink) {
    canvas.put(at.column(), at.row(), glyph, ink);
  }

  private void rails(Edge edge) {
    Edge back = layout.reverse(edge);
    Dot from = projection.of(edge.from());
    Dot to = projection.of(edge.to());
    double length = from.distance(to);
    double gap = length == 0 ? 0 : Math.min(GAP_DOTS / length, LARGEST_GAP);
    boolean leavable = isSet(edge);
    boolean returnable = isSet(back);
    canvas.line(
        from.towards(to, leavable ? 0 : gap),
        from.towards(to, returnable ? 1 : 1 - gap),
        leavable && returnable ? Ink.PLAIN : Ink.FAINT);
  }

  /** Whether the turnout at an edge's start, if there is one, leads onto it. */
  private boolean isSet(Edge edge) {
    if (!(edge.from().role() instanceof Role.Branch(int turnout))) {
      return true;
    }
    return (edge.leg() == Leg.CURVED) == (snapshot.turnouts().get(turnout) == Position.CURVED);
  }

  private void train(TrainView train, Ink own) {
    boolean runs = train.state() == TrainState.ON_TRACK;
    Ink ink = runs ? own : Ink.ALARM;
    for (Covered piece : train.under()) {
      body(piece, ink);
    }
    Covered first = train.under().getLast();
    Dot front = projection.of(first.edge(), first.toMm());
    Dot start = projection.of(first.edge().from());
    Dot end = projection.of(first.edge().to());
    char arrow = glyphs.arrow(end.x() - start.x(), end.y() - start.y());
    canvas.put(front.column(), front.row(), runs ? arrow : glyphs.wreck(), ink);
    labels.surely(front, String.valueOf(train.number()), ink);
  }

  private void body(Covered piece, Ink ink) {
    Dot from = projection.of(piece.edge(), piece.fromMm());
    Dot to = projection.of(piece.edge(), piece.toMm());
    int steps = (int) Math.ceil(from.distance(to));
    for (int i = 0; i <= steps; i++) {
      mark(from.towards(to, steps == 0 ? 0 : (double) i / steps), glyphs.body(), ink);
    }
  }

  private void turnoutNumbers() {
    for (Node node : layout.nodes()) {
      if (node.role() instanceof Role.Branch(int turnout)) {
        labels.perhaps(projection.of(node), String.valueOf(turnout), Ink.TURNOUT);
      }
    }
  }
}
