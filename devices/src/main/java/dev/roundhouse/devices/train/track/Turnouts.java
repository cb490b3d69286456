package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.Misuse;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.event.TrainServices;
import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where the turnouts are. */
final class Turnouts {
  /** A solenoid moves its turnout well before the 75 ms after which some clients switch it off. */
  static final long THROW_NANOS = 60_000_000;

  /** How long both turnouts of a three-way one may be curved while the pair is set anew. */
  static final long PAIR_NANOS = 50_000_000;

  private final Layout layout;
  private final Journal journal;
  private final SortedMap<Integer, Position> positions = new TreeMap<>();
  private final SortedMap<Integer, Long> throwNanos = new TreeMap<>();
  private final SortedSet<Integer> stuck = new TreeSet<>();
  private final SortedMap<Integer, Long> bothCurvedSince = new TreeMap<>();
  private final VirtualClock clock;
  private final Alarm pairsHadTime;

  Turnouts(Layout layout, TrainServices services) {
    this.layout = layout;
    journal = services.journal();
    clock = services.clock();
    pairsHadTime = services.agenda().alarm("three-way turnouts had time", this::reportBothCurved);
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
    layout.threeWayPartner(turnout).ifPresent(other -> heedPair(turnout, other));
    return moved;
  }

  /** A kernel sets one turnout of a pair after the other. */
  private void heedPair(int turnout, int other) {
    int lower = Math.min(turnout, other);
    if (areCurved(turnout, other)) {
      bothCurvedSince.putIfAbsent(lower, clock.nanos());
    } else {
      bothCurvedSince.remove(lower);
    }
    awaitPairs();
  }

  private boolean areCurved(int turnout, int other) {
    return position(turnout) == Position.CURVED && position(other) == Position.CURVED;
  }

  private void awaitPairs() {
    bothCurvedSince.values().stream()
        .min(Long::compare)
        .ifPresentOrElse(since -> pairsHadTime.setAt(since + PAIR_NANOS), pairsHadTime::cancel);
  }

  private void reportBothCurved(long now) {
    for (var pair : List.copyOf(bothCurvedSince.entrySet())) {
      int lower = pair.getKey();
      if (pair.getValue() + PAIR_NANOS <= now) {
        bothCurvedSince.remove(lower);
        layout
            .threeWayPartner(lower)
            .filter(other -> areCurved(lower, other))
            .ifPresent(other ->
                journal.misuse(
                    Misuse.THREE_WAY_BOTH_CURVED, "turnouts " + lower + " and " + other));
      }
    }
    awaitPairs();
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
