package dev.roundhouse.devices.train.layout;

import dev.roundhouse.devices.file.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a layout file and checks it. */
final class LayoutReader {
  private static final int MODULES = 31;
  private static final int CONTACTS = 16;
  private static final int TURNOUTS = 256;
  private static final int FEWEST_NODES = 2;
  private static final int MOST_NODES = 20_000;
  private static final int LONGEST_NAME = 40;
  private static final double LONGEST_MM = 100_000;
  private static final double FURTHEST_POINT = 1e6;
  private static final int NONE = -1;

  private final Fields file;
  private final List<Node> nodes = new ArrayList<>();
  private final List<String> reverseNames = new ArrayList<>();
  private final SortedMap<String, Node> byName = new TreeMap<>();
  private final SortedMap<String, Point> points = new TreeMap<>();
  private final List<RawEdge> rawEdges = new ArrayList<>();

  /** An edge before it is paired with its reverse. */
  private record RawEdge(Fields fields, Node from, Leg leg, Node to, double lengthMm) {}

  private LayoutReader(Fields file) {
    this.file = file;
  }

  static Layout read(Fields file) {
    return new LayoutReader(file).layout();
  }

  private Layout layout() {
    file.only("$schema", "name", "source", "box", "curvedAtStart", "nodes", "edges");
    List<Fields> nodeFields = file.objects("nodes");
    if (nodeFields.size() < FEWEST_NODES || nodeFields.size() > MOST_NODES) {
      throw file.wrong("there must be " + FEWEST_NODES + " to " + MOST_NODES + " nodes");
    }
    nodeFields.forEach(this::readNode);
    int[] reverseNodes = pairNodes();
    file.objects("edges").forEach(this::readEdge);
    checkLegs();
    int[] reverseEdges = pairEdges(reverseNodes);
    new NumberCheck(file).check(nodes, reverseNodes);
    var _ = file.optionalText("source");
    var _ = file.optionalText("$schema");
    return new Layout(
        new Layout.Parts(
            file.text("name"),
            nodes,
            edges(reverseEdges),
            Arrays.stream(reverseNodes).boxed().toList(),
            Arrays.stream(reverseEdges).boxed().toList(),
            curvedAtStart(),
            points,
            BoxKind.of(file, BoxKind.SERIAL_6051),
            file));
  }

  private void readNode(Fields fields) {
    String name = fields.text("name");
    Fields node = fields.known("node " + name);
    if (name.length() > LONGEST_NAME) {
      throw fields.wrong("a name has at most " + LONGEST_NAME + " characters");
    }
    Node made = new Node(nodes.size(), name, role(node));
    if (byName.put(name, made) != null) {
      throw node.wrong("there are two nodes of this name");
    }
    nodes.add(made);
    reverseNames.add(node.text("reverse"));
    if (node.has("x") || node.has("y")) {
      points.put(
          name,
          new Point(
              node.number("x", -FURTHEST_POINT, FURTHEST_POINT),
              node.number("y", -FURTHEST_POINT, FURTHEST_POINT)));
    }
  }

  private static Role role(Fields node) {
    return switch (node.text("type")) {
      case "sensor" -> {
        only(node, "module", "contact");
        yield new Role.Sensor(
            node.integer("module", 1, MODULES), node.integer("contact", 1, CONTACTS));
      }
      case "branch" -> new Role.Branch(turnout(node));
      case "merge" -> new Role.Merge(turnout(node));
      case "enter" -> {
        only(node);
        yield new Role.Enter();
      }
      case "exit" -> {
        only(node);
        yield new Role.Exit();
      }
      case String other -> throw node.wrong(NotSimulated.insteadOf(other));
    };
  }

  private static int turnout(Fields node) {
    only(node, "turnout");
    return node.integer("turnout", 1, TURNOUTS);
  }

  /** Checks that a node has no fields but these and those of any node. */
  private static void only(Fields node, String... names) {
    List<String> all = new ArrayList<>(List.of("name", "type"));
    all.addAll(List.of(names));
    all.addAll(List.of("reverse", "x", "y"));
    node.only(all.toArray(String[]::new));
  }

  private int[] pairNodes() {
    int[] reverse = new int[nodes.size()];
    for (Node node : nodes) {
      String wanted = reverseNames.get(node.index());
      Node other = byName.get(wanted);
      if (other == null) {
        throw wrong(node, "its reverse \"" + wanted + "\" is no node");
      }
      if (other.equals(node) || !reverseNames.get(other.index()).equals(node.name())) {
        throw wrong(node, "its reverse " + wanted + " does not name it as its own reverse");
      }
      if (!fit(node.role(), other.role())) {
        throw wrong(node, "its reverse " + wanted + " is of a type that does not fit");
      }
      reverse[node.index()] = other.index();
    }
    return reverse;
  }

  private static boolean fit(Role role, Role reverse) {
    return switch (role) {
      case Role.Sensor sensor -> reverse instanceof Role.Sensor;
      case Role.Branch(int turnout) -> reverse.equals(new Role.Merge(turnout));
      case Role.Merge(int turnout) -> reverse.equals(new Role.Branch(turnout));
      case Role.Enter() -> reverse instanceof Role.Exit;
      case Role.Exit() -> reverse instanceof Role.Enter;
    };
  }

  private void readEdge(Fields unnamed) {
    Fields fields = unnamed.known("edge from " + unnamed.text("from"));
    fields.only("from", "leg", "to", "mm");
    Node from = nodeOf(fields, "from");
    Leg leg =
        switch (fields.text("leg")) {
          case "ahead" -> Leg.AHEAD;
          case "straight" -> Leg.STRAIGHT;
          case "curved" -> Leg.CURVED;
          default -> throw fields.wrong("\"leg\" must be ahead, straight or curved");
        };
    Node to = nodeOf(fields, "to");
    rawEdges.add(new RawEdge(fields, from, leg, to, fields.number("mm", 0, LONGEST_MM)));
  }

  private Node nodeOf(Fields edge, String field) {
    Node node = byName.get(edge.text(field));
    if (node == null) {
      throw edge.wrong("\"" + field + "\" names " + edge.text(field) + ", which is no node");
    }
    return node;
  }

  private void checkLegs() {
    List<EnumMap<Leg, Integer>> count = new ArrayList<>();
    nodes.forEach(node -> count.add(new EnumMap<>(Leg.class)));
    rawEdges.forEach(edge -> count.get(edge.from.index()).merge(edge.leg, 1, Integer::sum));
    for (Node node : nodes) {
      for (Leg leg : Leg.values()) {
        int wanted = hasLeg(node.role(), leg) ? 1 : 0;
        int found = count.get(node.index()).getOrDefault(leg, 0);
        if (found != wanted) {
          String legName = leg.name().toLowerCase(Locale.ROOT);
          throw wrong(node, "it must have " + wanted + " edge " + legName + ", not " + found);
        }
      }
    }
  }

  private static boolean hasLeg(Role role, Leg leg) {
    return switch (role) {
      case Role.Branch branch -> leg != Leg.AHEAD;
      case Role.Exit exit -> false;
      default -> leg == Leg.AHEAD;
    };
  }

  /** Pairs each edge with one from the reverse of its end to the reverse of its start. */
  private int[] pairEdges(int[] reverseNodes) {
    int[] reverse = new int[rawEdges.size()];
    Arrays.fill(reverse, NONE);
    List<List<Integer>> leaving = new ArrayList<>();
    nodes.forEach(node -> leaving.add(new ArrayList<>()));
    for (int i = 0; i < rawEdges.size(); i++) {
      leaving.get(rawEdges.get(i).from.index()).add(i);
    }
    for (int i = 0; i < rawEdges.size(); i++) {
      if (reverse[i] == NONE) {
        int other =
            reverseOf(
                i, reverse, leaving.get(reverseNodes[rawEdges.get(i).to.index()]), reverseNodes);
        reverse[i] = other;
        reverse[other] = i;
      }
    }
    return reverse;
  }

  private int reverseOf(int index, int[] paired, List<Integer> candidates, int[] reverseNodes) {
    RawEdge edge = rawEdges.get(index);
    double other = NONE;
    for (int candidate : candidates) {
      RawEdge back = rawEdges.get(candidate);
      if (candidate != index
          && paired[candidate] == NONE
          && back.to.index() == reverseNodes[edge.from.index()]) {
        if (back.lengthMm == edge.lengthMm) {
          return candidate;
        }
        other = back.lengthMm;
      }
    }
    String name = edge.from.name() + " to " + edge.to.name();
    throw edge.fields.wrong(
        other == NONE
            ? "the edge " + name + " has no reverse"
            : "the edge " + name + " is " + edge.lengthMm + " mm long, its reverse " + other);
  }

  private List<Edge> edges(int[] reverse) {
    List<Edge> edges = new ArrayList<>();
    int sections = 0;
    for (RawEdge raw : rawEdges) {
      int index = edges.size();
      int section = reverse[index] < index ? edges.get(reverse[index]).section() : sections++;
      edges.add(new Edge(index, section, raw.from, raw.leg, raw.to, raw.lengthMm));
    }
    return edges;
  }

  private SortedSet<Integer> curvedAtStart() {
    SortedSet<Integer> curved = new TreeSet<>();
    if (file.has("curvedAtStart")) {
      for (int turnout : file.integers("curvedAtStart", 1, TURNOUTS)) {
        boolean known =
            nodes.stream().anyMatch(node -> node.role().equals(new Role.Branch(turnout)));
        if (!known) {
          throw file.wrong("\"curvedAtStart\" names turnout " + turnout + ", which is none");
        }
        curved.add(turnout);
      }
    }
    return curved;
  }

  private RuntimeException wrong(Node node, String what) {
    return file.wrong("node " + node.name() + ": " + what);
  }
}
