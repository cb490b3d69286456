package dev.roundhouse.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.roundhouse.devices.train.layout.Layout;
import java.util.SplittableRandom;

/**
 * Layouts of any size up to what the interface box can address: loops of about three metres with
 * two sensors in each direction, each joined to the next by a crossover of two turnouts.
 *
 * <p>In the direction of travel loop 5 is P5, the merge of the crossover from loop 4, Q5, the
 * branch to loop 6, and P5 again.
 */
public final class GeneratedLayout {
  /** 31 modules of 16 contacts, four contacts a loop. */
  public static final int MOST_LOOPS = 124;

  private static final int CONTACTS = 16;
  private static final int SHORT_MM = 600;
  private static final int LONG_MM = 900;
  private static final int CROSSOVER_MM = 250;
  private static final double LENGTH_SPREAD = 0.2;
  private static final int LOOPS_IN_A_ROW = 10;
  private static final int LOOP_SIZE = 100;
  private static final int GAP = 40;

  private final int loops;
  private final SplittableRandom chance;
  private final JsonArray nodes = new JsonArray();
  private final JsonArray edges = new JsonArray();
  private int contacts;

  private GeneratedLayout(int loops, long seed) {
    this.loops = loops;
    chance = new SplittableRandom(seed);
  }

  /**
   * A layout.
   *
   * @param loops 1 to {@link #MOST_LOOPS}
   * @param seed of its lengths
   */
  public static Layout of(int loops, long seed) {
    return Layout.parse("generated", json(loops, seed));
  }

  /** The same as the text of a layout file. */
  public static String json(int loops, long seed) {
    if (loops < 1 || loops > MOST_LOOPS) {
      throw new IllegalArgumentException("no layout of " + loops + " loops");
    }
    return new GeneratedLayout(loops, seed).build().toString();
  }

  /** The sensor at which a loop's first train can stand. */
  public static String first(int loop) {
    return "P" + loop;
  }

  /** The sensor at which a loop's second train can stand. */
  public static String second(int loop) {
    return "Q" + loop;
  }

  private JsonObject build() {
    for (int loop = 0; loop < loops; loop++) {
      addNodes(loop);
    }
    for (int loop = 0; loop < loops; loop++) {
      addEdges(loop);
    }
    JsonObject layout = new JsonObject();
    layout.addProperty("name", loops + " loops");
    layout.addProperty("source", "generated");
    layout.add("nodes", nodes);
    layout.add("edges", edges);
    return layout;
  }

  private int in(int loop) {
    return 2 * loop;
  }

  private int out(int loop) {
    return 2 * loop + 1;
  }

  private boolean hasIn(int loop) {
    return loop > 0;
  }

  private boolean hasOut(int loop) {
    return loop < loops - 1;
  }

  private void addNodes(int loop) {
    int x = loop % LOOPS_IN_A_ROW * (LOOP_SIZE + GAP);
    int y = loop / LOOPS_IN_A_ROW * (LOOP_SIZE + GAP);
    addSensors(first(loop), "p" + loop, x, y);
    addSensors(second(loop), "q" + loop, x + LOOP_SIZE, y + LOOP_SIZE);
    if (hasIn(loop)) {
      addTurnout(in(loop), x + LOOP_SIZE, y);
    }
    if (hasOut(loop)) {
      addTurnout(out(loop), x, y + LOOP_SIZE);
    }
  }

  private void addSensors(String forward, String backward, int x, int y) {
    addSensor(forward, backward, x, y);
    addSensor(backward, forward, x, y);
  }

  private void addSensor(String name, String reverse, int x, int y) {
    JsonObject node = node(name, "sensor", reverse, x, y);
    node.addProperty("module", 1 + contacts / CONTACTS);
    node.addProperty("contact", 1 + contacts % CONTACTS);
    contacts++;
  }

  private void addTurnout(int turnout, int x, int y) {
    String branch = "BR" + turnout;
    String merge = "MR" + turnout;
    node(branch, "branch", merge, x, y).addProperty("turnout", turnout);
    node(merge, "merge", branch, x, y).addProperty("turnout", turnout);
  }

  private JsonObject node(String name, String type, String reverse, int x, int y) {
    JsonObject node = new JsonObject();
    node.addProperty("name", name);
    node.addProperty("type", type);
    node.addProperty("reverse", reverse);
    node.addProperty("x", x);
    node.addProperty("y", y);
    nodes.add(node);
    return node;
  }

  private void addEdges(int loop) {
    String first = first(loop);
    String second = second(loop);
    if (hasIn(loop)) {
      addPair(first, "ahead", "MR" + in(loop), SHORT_MM);
      addPair("MR" + in(loop), "ahead", second, LONG_MM);
    } else {
      addPair(first, "ahead", second, SHORT_MM + LONG_MM);
    }
    if (hasOut(loop)) {
      addPair(second, "ahead", "BR" + out(loop), SHORT_MM);
      addPair("BR" + out(loop), "straight", first, LONG_MM);
      addPair("BR" + out(loop), "curved", "MR" + in(loop + 1), CROSSOVER_MM);
    } else {
      addPair(second, "ahead", first, SHORT_MM + LONG_MM);
    }
  }

  /** An edge and its reverse. */
  private void addPair(String from, String leg, String to, int meanMm) {
    double mm = Math.rint(meanMm * chance.nextDouble(1 - LENGTH_SPREAD, 1 + LENGTH_SPREAD));
    edge(from, leg, to, mm);
    boolean isBranch = to.startsWith("MR");
    String backLeg = !isBranch ? "ahead" : leg.equals("curved") ? "curved" : "straight";
    edge(reverse(to), backLeg, reverse(from), mm);
  }

  private static String reverse(String name) {
    return switch (name.charAt(0)) {
      case 'B' -> "MR" + name.substring(2);
      case 'M' -> "BR" + name.substring(2);
      case 'P' -> "p" + name.substring(1);
      default -> "q" + name.substring(1);
    };
  }

  private void edge(String from, String leg, String to, double mm) {
    JsonObject edge = new JsonObject();
    edge.addProperty("from", from);
    edge.addProperty("leg", leg);
    edge.addProperty("to", to);
    edge.addProperty("mm", mm);
    edges.add(edge);
  }
}
