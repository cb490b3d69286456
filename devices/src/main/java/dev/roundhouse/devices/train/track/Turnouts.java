package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.Misuse;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where the turnouts are. */
final class Turnouts {
  /** A solenoid moves its turnout well before the 75 ms after which some clients switch it off. */
  static final long THROW_NANOS = 60_000_000;

  private final Layout layout;
  private final Journal journal;
  private final SortedMap<Integer, Position> positions = new TreeMap<>();
  private final SortedMap<Integer, Long> throwNanos = new TreeMap<>();
  private final SortedSet<Integer> stuck = new TreeSet<>();

  Turnouts(Layout layout, Journal journal) {
    this.layout = layout;
    this.journal = journal;
    layout.turnouts().forEach(turnout -> positions.put(turnout, layout.atStart(turnout)));
  }

  /** The way on from a node as the turnouts are. */
  Optional<Edge> leaving(Node node) {
    return node.role() instanceof Role.Branch(int turnout)
        ? layout.leaving(node, position(turnout))
        : layout.leaving(node, Position.STRAIGHT);
  }

  Position position(int turnout) {
    return positions.getOrDefault(turnout, Position.STRAIGHT);
  }

  SortedMap<Integer, Position> all() {
    return new TreeMap<>(positions);
  }

  /** Puts a turnout by hand. */
  void put(int turnout, Position position) {
    positions.put(turnout, position);
  }

  /** Moves it; answers whether it is elsewhere now. */
  boolean move(int turnout, Position position) {
    if (!positions.containsKey(turnout)) {
      journal.misuse(
          Misuse.IMPOSSIBLE_NUMBER,
          layout.name() + " has no turnout " + turnout + "; nothing moves");
      return false;
    }
    if (stuck.contains(turnout)) {
      journal.report(new TrainEvent.TurnoutStuck(turnout));
      return false;
    }
    boolean moved = positions.put(turnout, position) != position;
    journal.report(new TrainEvent.TurnoutThrown(turnout, position));
    layout
        .threeWayPartner(turnout)
        .filter(other -> position == Position.CURVED && position(other) == Position.CURVED)
        .ifPresent(other -> reportBothCurved(turnout, other));
    return moved;
  }

  private void reportBothCurved(int turnout, int other) {
    journal.misuse(
        Misuse.THREE_WAY_BOTH_CURVED,
        "turnouts " + Math.min(turnout, other) + " and " + Math.max(turnout, other));
  }

  long throwNanos(int turnout) {
    return throwNanos.getOrDefault(turnout, THROW_NANOS);
  }

  void setThrowNanos(int turnout, long nanos) {
    throwNanos.put(turnout, nanos);
  }

  void stick(int turnout) {
    stuck.add(turnout);
  }

  void free(int turnout) {
    stuck.remove(turnout);
  }
}
