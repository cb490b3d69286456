package dev.roundhouse.devices.train.layout;

import dev.roundhouse.devices.file.Fields;
import dev.roundhouse.devices.file.JsonFile;
import dev.roundhouse.devices.train.event.Position;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A checked track. Every node has its reverse and every edge has its reverse of equal length;
 * sensors, merges and enters lead ahead, branches lead straight and curved, exits lead nowhere.
 */
public final class Layout {
  private final String name;
  private final List<Node> nodes;
  private final List<Edge> edges;
  private final List<Integer> reverseNodes;
  private final List<Integer> reverseEdges;
  private final List<EnumMap<Leg, Edge>> leaving = new ArrayList<>();
  private final SortedMap<String, Node> byName = new TreeMap<>();
  private final SortedMap<Integer, Node> branches = new TreeMap<>();
  private final SortedSet<Integer> curvedAtStart;
  private final SortedMap<String, Point> points;
  private final BoxKind box;
  private final Fields file;

  /** Takes over what a reader has checked. */
  Layout(Parts parts) {
    name = parts.name();
    nodes = List.copyOf(parts.nodes());
    edges = List.copyOf(parts.edges());
    reverseNodes = parts.reverseNodes();
    reverseEdges = parts.reverseEdges();
    curvedAtStart = parts.curvedAtStart();
    points = parts.points();
    box = parts.box();
    file = parts.file();
    nodes.forEach(node -> leaving.add(new EnumMap<>(Leg.class)));
    edges.forEach(edge -> leaving.get(edge.from().index()).put(edge.leg(), edge));
    for (Node node : nodes) {
      byName.put(node.name(), node);
      if (node.role() instanceof Role.Branch(int turnout)) {
        branches.put(turnout, node);
      }
    }
  }

  /** A layout's parts as a reader hands them over. */
  record Parts(
      String name,
      List<Node> nodes,
      List<Edge> edges,
      List<Integer> reverseNodes,
      List<Integer> reverseEdges,
      SortedSet<Integer> curvedAtStart,
      SortedMap<String, Point> points,
      BoxKind box,
      Fields file) {}

  /** The University of Waterloo's Track A. */
  public static Layout trackA() {
    return LayoutReader.read(JsonFile.shipped("train/track-a.json"));
  }

  /** The University of Waterloo's Track B. */
  public static Layout trackB() {
    return LayoutReader.read(JsonFile.shipped("train/track-b.json"));
  }

  /** The University of Waterloo's Track C, of 2026. */
  public static Layout trackC() {
    return LayoutReader.read(JsonFile.shipped("train/track-c.json"));
  }

  /** The University of Waterloo's Track D, of 2026. */
  public static Layout trackD() {
    return LayoutReader.read(JsonFile.shipped("train/track-d.json"));
  }

  /**
   * The layout that a file describes, by the schema {@code layout.schema.json}.
   *
   * @param file its name, for messages
   * @throws dev.roundhouse.devices.file.DescriptionException if it describes none; the message
   *     names the node
   */
  public static Layout parse(String file, String text) {
    return LayoutReader.read(JsonFile.parse(file, text));
  }

  /** The layout's file as JSON text: parsed, it gives the same layout. */
  public String document() {
    return file.document();
  }

  /** Its name, such as {@code Track A}. */
  public String name() {
    return name;
  }

  /** The box that drives it unless the user says otherwise. */
  public BoxKind box() {
    return box;
  }

  /** All nodes in the file's order. */
  public List<Node> nodes() {
    return nodes;
  }

  /** All edges in the file's order. */
  public List<Edge> edges() {
    return edges;
  }

  /** Pieces of track: edges without regard to direction. */
  public int sections() {
    return edges.size() / 2;
  }

  /** The node of this name. */
  public Optional<Node> node(String nodeName) {
    return Optional.ofNullable(byName.get(nodeName));
  }

  /** The same place in the other direction. */
  public Node reverse(Node node) {
    return nodes.get(reverseNodes.get(node.index()));
  }

  /** The same piece of track in the other direction. */
  public Edge reverse(Edge edge) {
    return edges.get(reverseEdges.get(edge.index()));
  }

  /** The way on from a node by a leg, if it has that leg. */
  public Optional<Edge> leaving(Node node, Leg leg) {
    return Optional.ofNullable(leaving.get(node.index()).get(leg));
  }

  /** The way on from a node whose turnout, if it is a branch, has this position. */
  public Optional<Edge> leaving(Node node, Position position) {
    if (!(node.role() instanceof Role.Branch)) {
      return leaving(node, Leg.AHEAD);
    }
    return leaving(node, position == Position.STRAIGHT ? Leg.STRAIGHT : Leg.CURVED);
  }

  /** The numbers of all turnouts, ascending. */
  public List<Integer> turnouts() {
    return List.copyOf(branches.keySet());
  }

  /** Where the turnout is at the start unless the user says otherwise. */
  public Position atStart(int turnout) {
    return curvedAtStart.contains(turnout) ? Position.CURVED : Position.STRAIGHT;
  }

  /**
   * The other turnout of a three-way turnout: two branches without track between them, the one on
   * the straight leg of the other.
   */
  public Optional<Integer> threeWayPartner(int turnout) {
    for (int other : branches.keySet()) {
      if (other != turnout && (isThreeWay(turnout, other) || isThreeWay(other, turnout))) {
        return Optional.of(other);
      }
    }
    return Optional.empty();
  }

  private boolean isThreeWay(int first, int second) {
    Node branch = branches.get(first);
    return branch != null
        && leaving(branch, Leg.STRAIGHT)
            .filter(edge -> edge.lengthMm() == 0)
            .filter(edge -> edge.to().role().equals(new Role.Branch(second)))
            .isPresent();
  }

  /** Where a node is drawn, if the file says so. */
  public Optional<Point> point(Node node) {
    return Optional.ofNullable(points.get(node.name()));
  }

  /** Half the length of all edges, in millimetres: the track itself. */
  public double lengthMm() {
    return edges.stream().mapToDouble(Edge::lengthMm).sum() / 2;
  }

  /** The names of all sensors in the file's order. */
  public List<String> sensors() {
    return nodes.stream()
        .filter(node -> node.role() instanceof Role.Sensor)
        .map(Node::name)
        .toList();
  }
}
