package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.train.box.BoxCommand;
import dev.roundhouse.devices.train.calibration.Transcript.Closing;
import dev.roundhouse.devices.train.calibration.Transcript.Command;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which train closed which contact, concluded from commands and contacts alone: a train that moves
 * closes contacts along a way that turnouts allow; one that nobody has seen is where a contact
 * closes that no other train can have closed.
 */
final class Tracking {
  /** A train that was told to stop rolls at most so long. */
  private static final long LONGEST_STOP_NANOS = 20_000_000_000L;

  private final Ways ways;
  private final Layout layout;
  private final SortedMap<Integer, Follow> trains = new TreeMap<>();
  private final SortedMap<Integer, Thrown> turnouts = new TreeMap<>();
  private int unexplained;

  private record Thrown(Position position, long nanos) {}

  /** A train as far as it can be followed. */
  private static final class Follow {
    final int number;
    final List<Command> commands = new ArrayList<>();
    final List<Section> sections = new ArrayList<>();
    Optional<Closing> last = Optional.empty();
    List<Node> at = List.of();
    int level;
    long stopped = Long.MIN_VALUE / 2;

    Follow(int number) {
      this.number = number;
    }

    boolean mayMove(long nanos) {
      return level > 0 || nanos - stopped < LONGEST_STOP_NANOS;
    }

    void arrive(Closing closing, List<Node> nodes) {
      last = Optional.of(closing);
      at = nodes;
    }
  }

  /** A stretch of track between two contacts that one train closed one after the other. */
  record Section(Closing from, Closing to, double mm) {}

  /** What one train was told, and where it was seen. */
  record Ride(int train, List<Command> commands, List<Section> sections) {
    /** How often it was told a level. */
    int runs(int level) {
      return (int)
          commands.stream()
              .filter(command ->
                  command.what() instanceof BoxCommand.Speed(_, int told, _) && told == level)
              .count();
    }
  }

  private Tracking(Layout layout) {
    this.layout = layout;
    ways = new Ways(layout);
  }

  /**
   * Follows all trains that are driven.
   *
   * @param places where trains stand at the start, as far as that is known
   */
  static Tracking of(Transcript transcript, Layout layout, Map<Integer, Node> places) {
    Tracking tracking = new Tracking(layout);
    places.forEach(
        (train, node) -> tracking.trains.computeIfAbsent(train, Follow::new).at = List.of(node));
    int next = 0;
    for (Closing closing : transcript.closings()) {
      while (next < transcript.commands().size()
          && transcript.commands().get(next).nanos() <= closing.by()) {
        tracking.take(transcript.commands().get(next++));
      }
      tracking.take(closing);
    }
    while (next < transcript.commands().size()) {
      tracking.take(transcript.commands().get(next++));
    }
    return tracking;
  }

  private void take(Command command) {
    switch (command.what()) {
      case BoxCommand.Speed(int train, int level, _) -> {
        Follow follow = trains.computeIfAbsent(train, Follow::new);
        follow.commands.add(command);
        if (level == 0 && follow.level > 0) {
          follow.stopped = command.nanos();
        }
        follow.level = level;
      }
      case BoxCommand.Reverse(int train, _) -> {
        Follow follow = trains.computeIfAbsent(train, Follow::new);
        follow.commands.add(command);
        follow.level = 0;
        follow.last = Optional.empty();
        follow.at = List.of();
      }
      case BoxCommand.Rails(Power _) ->
          trains
              .values()
              .forEach(follow -> {
                follow.commands.add(command);
                follow.last = Optional.empty();
              });
      case BoxCommand.Turnout(int turnout, Position position) ->
          turnouts.put(turnout, new Thrown(position, command.nanos()));
      default -> {
        // Nothing moves.
      }
    }
  }

  private void take(Closing closing) {
    List<Node> nodes =
        layout.nodes().stream()
            .filter(
                node -> node.role().equals(new Role.Sensor(closing.module(), closing.contact())))
            .toList();
    List<Follow> moving =
        trains.values().stream().filter(follow -> follow.mayMove(closing.by())).toList();
    List<Follow> unseen = moving.stream().filter(follow -> follow.at.isEmpty()).toList();
    List<Follow> able = moving.stream().filter(follow -> way(follow, nodes).isPresent()).toList();
    if (nodes.isEmpty() || moving.isEmpty()) {
      unexplained++;
    } else if (able.size() == 1) {
      Follow follow = able.getFirst();
      double mm = way(follow, nodes).orElseThrow().mm();
      follow.last.ifPresent(last -> follow.sections.add(new Section(last, closing, mm)));
      follow.arrive(closing, nodes);
    } else if (able.isEmpty() && unseen.size() == 1) {
      unseen.getFirst().arrive(closing, nodes);
    } else if (able.isEmpty() && moving.size() == 1) {
      unexplained++;
      moving.getFirst().arrive(closing, nodes);
    } else {
      unexplained++;
      able.forEach(follow -> {
        follow.last = Optional.empty();
        follow.at = List.of();
      });
    }
  }

  private Optional<Ways.Way> way(Follow follow, Collection<Node> nodes) {
    SortedMap<Integer, Position> known = new TreeMap<>();
    long since = follow.last.map(Closing::after).orElse(Long.MAX_VALUE);
    turnouts.forEach((turnout, thrown) -> {
      if (thrown.nanos() < since) {
        known.put(turnout, thrown.position());
      }
    });
    return follow.at.stream()
        .flatMap(from ->
            ways
                .between(from, nodes, known)
                .or(() -> ways.between(from, nodes, new TreeMap<>()))
                .stream())
        .min(Comparator.comparingInt(Ways.Way::unseen).thenComparingDouble(Ways.Way::mm));
  }

  /** All trains that were driven, by ascending number. */
  List<Ride> rides() {
    return trains.values().stream()
        .map(follow -> new Ride(follow.number, follow.commands, follow.sections))
        .toList();
  }

  /** Contacts of which nobody can say who closed them. */
  int unexplained() {
    return unexplained;
  }
}
