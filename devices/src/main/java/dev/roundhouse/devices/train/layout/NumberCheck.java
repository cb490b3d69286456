package dev.roundhouse.devices.train.layout;

import dev.roundhouse.devices.file.Fields;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checks that no two places have the same contact or turnout. A sensor and its reverse are one
 * place: reed contacts and contact tracks close for trains of either direction.
 */
record NumberCheck(Fields file) {
  /**
   * Checks them.
   *
   * @param reverse for each node by index its reverse
   */
  void check(List<Node> nodes, int[] reverse) {
    SortedMap<String, Node> seen = new TreeMap<>();
    for (Node node : nodes) {
      String what =
          switch (node.role()) {
            case Role.Sensor(int module, int contact) ->
                "contact " + contact + " of module " + module;
            case Role.Branch(int turnout) -> "turnout " + turnout;
            case Role.Merge merge -> "";
            case Role.Enter enter -> "";
            case Role.Exit exit -> "";
          };
      Node other = what.isEmpty() ? null : seen.put(what, node);
      if (other != null && reverse[node.index()] != other.index()) {
        throw file.wrong("node " + node.name() + ": " + what + " is taken by " + other.name());
      }
    }
  }
}
