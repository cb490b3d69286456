package dev.roundhouse.system;

import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Leg;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.devices.train.motion.Locomotive.Reached;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The control program's tables of track and locomotives in C, made of the product's data files.
 * Started as a program it writes them into the folder that it is given.
 */
final class ControlTables {
  static final String TRACKS = "track_tables.h";
  static final String LOCOMOTIVES = "locomotive_tables.h";

  private static final String HEAD =
      """
      /* SPDX-License-Identifier: Apache-2.0 */
      /* Made of the product's data files by the test class ControlTables. Do not edit. */
      """;
  private static final double MICRO = 1000;
  private static final int PACE_AS_MEASURED = 1 << 16;
  private static final double MICROS_PER_SECOND = 1e6;
  private static final int NONE = -1;
  private static final int CONTACTS = 16;

  private ControlTables() {}

  /** Writes both files into the folder {@code args[0]}. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0], TRACKS), tracks());
    Files.writeString(Path.of(args[0], LOCOMOTIVES), locomotives());
  }

  static String tracks() {
    return HEAD
        + "#ifndef TRACK_TABLES_H\n#define TRACK_TABLES_H\n\n#include \"track.h\"\n"
        + new OneTrack("A", Layout.trackA()).text()
        + new OneTrack("B", Layout.trackB()).text()
        + new OneTrack("C", Layout.trackC()).text()
        + new OneTrack("D", Layout.trackD()).text()
        + "\n#endif\n";
  }

  private record OneTrack(String letter, Layout layout) {
    String text() {
      return "\n"
          + array("struct track_node NODES_", layout.nodes().stream().map(this::node).toList())
          + array("struct track_edge EDGES_", layout.edges().stream().map(this::edge).toList())
          + array(
              "struct track_turnout TURNOUTS_",
              layout.turnouts().stream().map(this::turnout).toList())
          + String.format(
              Locale.ROOT,
              "static const struct track TRACK_%1$s = {\n    .name = \"%2$s\", .nodes = NODES_%1$s,"
                  + " .edges = EDGES_%1$s, .turnouts = TURNOUTS_%1$s,\n    .node_count = %3$d,"
                  + " .edge_count = %4$d, .turnout_count = %5$d,\n};\n",
              letter,
              layout.name(),
              layout.nodes().size(),
              layout.edges().size(),
              layout.turnouts().size());
    }

    private String array(String what, List<String> rows) {
      return "static const "
          + what
          + letter
          + "[] = {\n"
          + rows.stream().map(row -> "    {" + row + "},\n").collect(Collectors.joining())
          + "};\n\n";
    }

    private String node(Node node) {
      return String.format(
          Locale.ROOT,
          "\"%s\", TRACK_%s, %d, %d, {%d, %d}",
          node.name(),
          node.role().getClass().getSimpleName().toUpperCase(Locale.ROOT),
          number(node.role()),
          layout.reverse(node).index(),
          leaving(node, node.role() instanceof Role.Branch ? Leg.STRAIGHT : Leg.AHEAD),
          leaving(node, Leg.CURVED));
    }

    private int number(Role role) {
      return switch (role) {
        case Role.Sensor(int module, int contact) -> (module - 1) * CONTACTS + contact - 1;
        case Role.Branch(int turnout) -> layout.turnouts().indexOf(turnout);
        case Role.Merge(int turnout) -> layout.turnouts().indexOf(turnout);
        case Role.Enter _, Role.Exit _ -> 0;
      };
    }

    private int leaving(Node node, Leg leg) {
      return layout.leaving(node, leg).map(Edge::index).orElse(NONE);
    }

    private String edge(Edge edge) {
      return String.format(
          Locale.ROOT,
          "%d, %d, %d, %d, %d",
          edge.from().index(),
          edge.to().index(),
          layout.reverse(edge).index(),
          edge.section(),
          Math.round(edge.lengthMm() * MICRO));
    }

    private String turnout(int number) {
      List<Integer> all = layout.turnouts();
      int partner = layout.threeWayPartner(number).map(all::indexOf).orElse(NONE);
      int self = all.indexOf(number);
      return String.format(
          Locale.ROOT,
          "%d, %d, %s, %d",
          number,
          partner == NONE ? self : Math.min(self, partner),
          layout.atStart(number) == Position.CURVED ? "CURVED" : "STRAIGHT",
          partner);
    }
  }

  static String locomotives() {
    return HEAD
        + "#ifndef LOCOMOTIVE_TABLES_H\n#define LOCOMOTIVE_TABLES_H\n\n#include \"motion.h\"\n\n"
        + "static const struct locomotive LOCOMOTIVES[] = {\n"
        + allLocomotives().map(ControlTables::locomotive).collect(Collectors.joining())
        + "};\n\n#endif\n";
  }

  /** Of both boxes; one that both have is the elder box's. */
  private static Stream<Locomotive> allLocomotives() {
    Map<Integer, Locomotive> all = new LinkedHashMap<>();
    for (BoxKind box : BoxKind.values()) {
      LocomotiveCatalog.shipped(box).all().forEach(each -> all.putIfAbsent(each.address(), each));
    }
    return all.values().stream();
  }

  private static String locomotive(Locomotive locomotive) {
    return String.format(
        Locale.ROOT,
        """
            {
                .number = %d, .length = %d, .front = %d, .reverse_offset = %d,
                .speeds = %s,
                .speeds_from_above = %s,
                .stops = %s,
                .accelerations = %s,
                .start_delay = %d, .lag = %d,
                .cold_pace = %d, .warm_up = %d,
            },
        """,
        locomotive.address(),
        Math.round(locomotive.body().length() * MICRO),
        Math.round(locomotive.body().front() * MICRO),
        Math.round(locomotive.body().reverseOffset() * MICRO),
        levels(level -> locomotive.steadySpeed(level, Reached.FROM_BELOW)),
        levels(level -> locomotive.steadySpeed(level, Reached.FROM_ABOVE)),
        levels(locomotive::stoppingDistance),
        levels(locomotive::acceleration),
        Math.round(locomotive.decoder().startSeconds() * MICROS_PER_SECOND),
        Math.round(locomotive.decoder().lagSeconds() * MICROS_PER_SECOND),
        Math.round(locomotive.warmUp().coldFactor() * PACE_AS_MEASURED),
        locomotive.warmUp().coldFactor() < 1
            ? Math.round(locomotive.warmUp().seconds() * MICROS_PER_SECOND)
            : 0);
  }

  private static String levels(IntToDoubleFunction value) {
    return IntStream.rangeClosed(0, Locomotive.TOP_LEVEL)
        .mapToObj(level -> String.valueOf(Math.round(value.applyAsDouble(level) * MICRO)))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
