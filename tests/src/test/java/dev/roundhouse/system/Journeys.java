package dev.roundhouse.system;

import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Leg;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Random destinations on a layout, and how far from them trains come to stand. */
record Journeys(Layout layout) {
  /** Nearer than this to another train's goal, or to the track's end, nobody is sent. */
  private static final double APART_MM = 500;

  private static final double FROM_THE_END_MM = 200;
  private static final Pattern PLACE = Pattern.compile("(\\w+)\\+(-?\\d+) mm");

  /** For each round a goal for each train, all well apart. */
  List<List<String>> random(int rounds, int trains, long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    List<String> sensors = layout.sensors().stream().filter(this::hasRoom).toList();
    List<List<String>> goals = new ArrayList<>();
    while (goals.size() < rounds) {
      List<String> round = new ArrayList<>();
      while (round.size() < trains) {
        String goal = sensors.get(chance.nextInt(sensors.size()));
        if (round.stream().allMatch(other -> distance(place(other), goal) > APART_MM)) {
          round.add(goal);
        }
      }
      goals.add(List.copyOf(round));
    }
    return goals;
  }

  private boolean hasRoom(String sensor) {
    Node node = layout.node(sensor).orElseThrow();
    return isFarFromTheEnd(node) && isFarFromTheEnd(layout.reverse(node));
  }

  private boolean isFarFromTheEnd(Node node) {
    return layout
        .leaving(node, Leg.AHEAD)
        .filter(edge -> edge.to().role() instanceof Role.Exit)
        .filter(edge -> edge.lengthMm() < FROM_THE_END_MM)
        .isEmpty();
  }

  private static String place(String sensor) {
    return sensor + "+0 mm";
  }

  /** Millimetres along the track from a place, as trains report it, to a sensor, either way. */
  double distance(String place, String sensor) {
    Matcher matcher = PLACE.matcher(place);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no place: " + place);
    }
    Node from = layout.node(matcher.group(1)).orElseThrow();
    double mm = Double.parseDouble(matcher.group(2));
    double best = shortest(layout.reverse(from), sensor) + mm;
    for (Leg leg : Leg.values()) {
      for (Edge edge : layout.leaving(from, leg).stream().toList()) {
        best = Math.min(best, Math.abs(shortest(edge.to(), sensor) + edge.lengthMm() - mm));
      }
    }
    return Math.min(best, is(from, sensor) ? Math.abs(mm) : best);
  }

  private boolean is(Node node, String sensor) {
    return node.name().equals(sensor) || layout.reverse(node).name().equals(sensor);
  }

  /** Dijkstra's distance, changes of direction not counted. */
  private double shortest(Node from, String sensor) {
    TreeMap<Integer, Double> open = new TreeMap<>();
    TreeMap<Integer, Double> done = new TreeMap<>();
    open.put(from.index(), 0.0);
    while (!open.isEmpty()) {
      int next = open.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
      double covered = open.remove(next);
      Node node = layout.nodes().get(next);
      if (is(node, sensor)) {
        return covered;
      }
      done.put(next, covered);
      for (Leg leg : Leg.values()) {
        layout
            .leaving(node, leg)
            .filter(edge -> !done.containsKey(edge.to().index()))
            .ifPresent(edge -> open.merge(edge.to().index(), covered + edge.lengthMm(), Math::min));
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
