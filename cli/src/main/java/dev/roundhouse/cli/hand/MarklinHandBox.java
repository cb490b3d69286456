package dev.roundhouse.cli.hand;

import dev.roundhouse.cli.hand.HandLine.RefusedException;
import dev.roundhouse.devices.train.box.CommandDecoder;
import dev.roundhouse.devices.train.event.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Märklin interface 6050/6051 (its command list). The light is on, so that one sees which train
 * listens; stop goes out twice, because a box that awaits an address takes the first one for that.
 */
public final class MarklinHandBox implements HandBox {
  private static final int LOCOMOTIVES = 80;
  private static final int TURNOUTS = 256;
  private static final int LARGEST_BYTE = 255;
  private static final int LIGHT = 16;
  private static final int REVERSE = 15;
  private static final int STRAIGHT = 33;
  private static final int CURVED = 34;
  private static final int SOLENOID_OFF = 32;
  private static final int GO = 96;
  private static final int STOP = 97;
  private static final int READ_FIVE_MODULES = 128 + 5;

  /** A solenoid is left on for 100 to 500 ms. */
  private static final long SOLENOID_NANOS = 200_000_000;

  @Override
  public int locomotives() {
    return LOCOMOTIVES;
  }

  @Override
  public int turnouts() {
    return TURNOUTS;
  }

  @Override
  public List<Sent> bytes(HandCommand command) {
    return switch (command) {
      case HandCommand.Speed(int train, int level) -> atOnce(LIGHT + level, train);
      case HandCommand.Reverse(int train) -> atOnce(LIGHT + REVERSE, train);
      case HandCommand.Switch(int turnout, Position position) ->
          List.of(
              new Sent(position == Position.STRAIGHT ? STRAIGHT : CURVED, 0),
              new Sent(turnout % TURNOUTS, 0),
              new Sent(SOLENOID_OFF, SOLENOID_NANOS));
      case HandCommand.Stop() -> atOnce(STOP, STOP);
      case HandCommand.Go() -> atOnce(GO);
      case HandCommand.Sensors() -> atOnce(READ_FIVE_MODULES);
    };
  }

  private static List<Sent> atOnce(int... values) {
    return Arrays.stream(values).mapToObj(value -> new Sent(value, 0)).toList();
  }

  @Override
  public List<Sent> literally(List<String> words) throws RefusedException {
    CommandDecoder decoder = new CommandDecoder();
    List<Sent> all = new ArrayList<>();
    for (String word : words) {
      int value = HandLine.number(word, 0, LARGEST_BYTE, "is no byte");
      decoder.take(value);
      all.add(new Sent(value, 0));
    }
    if (decoder.isHalfWay()) {
      throw new RefusedException(
          "it ends in the middle of a command: %d wants an address"
              .formatted(all.getLast().value()));
    }
    return all;
  }

  @Override
  public String literals() {
    return "bytes as numbers: 96 10 24";
  }
}
