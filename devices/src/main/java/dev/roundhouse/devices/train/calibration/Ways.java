package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Leg;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ways from sensor to sensor that turnouts allow, as far as these are known. */
record Ways(Layout layout) {
  /** A sensor may fail, or close between reads; two in a row are a train that was carried. */
  private static final int MOST_UNSEEN = 1;

  private static final int MOST_EDGES = 16;

  /**
   * A way.
   *
   * @param unseen sensors on it that reported nothing
   */
  record Way(double mm, int unseen) {}

  /**
   * The way with the fewest unseen sensors, the shortest of these; turnouts not named lie any way.
   */
  Optional<Way> between(Node from, Collection<Node> to, Map<Integer, Position> turnouts) {
    return Optional.ofNullable(search(new Search(to, turnouts), from, new Way(0, 0), MOST_EDGES));
  }

  private record Search(Collection<Node> to, Map<Integer, Position> turnouts) {}

  private @Nullable Way search(Search search, Node node, Way before, int edgesLeft) {
    if (edgesLeft == 0) {
      return null;
    }
    return leaving(node, search.turnouts)
        .map(edge -> beyond(search, edge, before, edgesLeft - 1))
        .filter(Objects::nonNull)
        .reduce(Ways::better)
        .orElse(null);
  }

  private @Nullable Way beyond(Search search, Edge edge, Way before, int edgesLeft) {
    Way here = new Way(before.mm + edge.lengthMm(), before.unseen);
    Node node = edge.to();
    if (search.to.contains(node)) {
      return here;
    }
    if (node.role() instanceof Role.Sensor) {
      return here.unseen == MOST_UNSEEN
          ? null
          : search(search, node, new Way(here.mm, here.unseen + 1), edgesLeft);
    }
    return search(search, node, here, edgesLeft);
  }

  private static Way better(Way one, Way other) {
    if (one.unseen != other.unseen) {
      return one.unseen < other.unseen ? one : other;
    }
    return one.mm <= other.mm ? one : other;
  }

  private Stream<Edge> leaving(Node node, Map<Integer, Position> turnouts) {
    if (node.role() instanceof Role.Branch(int turnout)) {
      Position position = turnouts.get(turnout);
      return position == null
          ? Stream.of(Leg.STRAIGHT, Leg.CURVED).flatMap(leg -> layout.leaving(node, leg).stream())
          : layout.leaving(node, position).stream();
    }
    return layout.leaving(node, Leg.AHEAD).stream();
  }
}
