package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.train.box.BoxCommand;
import dev.roundhouse.devices.train.box.Trackside.Light;
import dev.roundhouse.devices.train.cs3.RailAddress;
import dev.roundhouse.devices.train.cs3.RailAddress.Range;
import dev.roundhouse.devices.train.cs3.SpeedStep;
import dev.roundhouse.devices.train.cs3.StationMessage;
import dev.roundhouse.devices.train.cs3.StationMessage.Order;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What frames to a Central Station tell trains and turnouts, in the words of a 6051. */
final class StationTalk {
  private static final int FORWARD = 1;
  private static final int BACKWARD = 2;
  private static final int OTHER = 3;
  private static final int TOP_SPEED = 1000;

  private final SortedMap<Integer, Integer> directions = new TreeMap<>();
  private final SortedSet<Integer> driven = new TreeSet<>();

  /** The commands of a frame. */
  List<BoxCommand> commands(CanFrame frame) {
    return switch (StationMessage.of(frame)) {
      case StationMessage.Speed(int uid, OptionalInt speed) when speed.isPresent() -> {
        int step = SpeedStep.of(Math.min(speed.getAsInt(), TOP_SPEED));
        yield number(uid, Range.MM2_LOCOMOTIVE).map(train -> speed(train, step)).stream().toList();
      }
      case StationMessage.Direction(int uid, OptionalInt told) when told.isPresent() ->
          number(uid, Range.MM2_LOCOMOTIVE)
              .flatMap(train -> turned(train, told.getAsInt()))
              .stream()
              .toList();
      case StationMessage.Accessory(int uid, int side, int current, _) when current != 0 ->
          number(uid, Range.MM2_ACCESSORY)
              .<BoxCommand>map(turnout -> new BoxCommand.Turnout(turnout, position(side)))
              .stream()
              .toList();
      case StationMessage.SystemCommand(int uid, Order order) -> system(uid, order);
      default -> List.of();
    };
  }

  private BoxCommand speed(int train, int step) {
    driven.add(train);
    return new BoxCommand.Speed(train, step, Light.OFF);
  }

  private static Position position(int side) {
    return side == 0 ? Position.CURVED : Position.STRAIGHT;
  }

  private static Optional<Integer> number(int uid, Range range) {
    return RailAddress.of(uid).filter(address -> address.range() == range).map(RailAddress::number);
  }

  /** Trains head forward until they are told otherwise. */
  private Optional<BoxCommand> turned(int train, int told) {
    int before = directions.getOrDefault(train, FORWARD);
    int next = told == OTHER ? FORWARD + BACKWARD - before : told;
    boolean turns = next != before && (next == FORWARD || next == BACKWARD);
    if (turns) {
      directions.put(train, next);
    }
    return turns ? Optional.of(new BoxCommand.Reverse(train, Light.OFF)) : Optional.empty();
  }

  private List<BoxCommand> system(int uid, Order order) {
    return switch (order) {
      case STOP -> List.of(new BoxCommand.Rails(Power.OFF));
      case GO -> List.of(new BoxCommand.Rails(Power.ON));
      case HALT, EMERGENCY_STOP ->
          List.copyOf(driven).stream()
              .filter(train -> uid == 0 || uid == train)
              .map(train -> speed(train, 0))
              .toList();
      case DROP -> List.of();
    };
  }
}
