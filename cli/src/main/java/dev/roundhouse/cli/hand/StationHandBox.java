package dev.roundhouse.cli.hand;

import dev.roundhouse.cli.hand.HandLine.RefusedException;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.train.cs3.FrameBytes;
import dev.roundhouse.devices.train.cs3.StationCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Central Station on CAN; each frame is sent as {@link FrameBytes}. */
public final class StationHandBox implements HandBox {
  /** Of Motorola addresses (CAN CS2 Protokoll 2.0, 1.2.3.1). */
  private static final int LOCOMOTIVES = 255;

  private static final int TURNOUTS = 320;
  private static final int MODULES = 5;

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
      case HandCommand.Speed(int train, int level) ->
          sent(StationCommand.lightOn(train), StationCommand.speedStep(train, level));
      case HandCommand.Reverse(int train) -> sent(StationCommand.reverse(train));
      case HandCommand.Switch(int turnout, var position) ->
          sent(StationCommand.turnout(turnout, position));
      case HandCommand.Stop() -> sent(StationCommand.stop());
      case HandCommand.Go() -> sent(StationCommand.go());
      case HandCommand.Sensors() -> sent(StationCommand.contacts(MODULES));
    };
  }

  private static List<Sent> sent(CanFrame... frames) {
    return Stream.of(frames)
        .map(FrameBytes::of)
        .flatMap(bytes -> IntStream.range(0, bytes.length).mapToObj(i -> bytes[i] & 0xFF))
        .map(value -> new Sent(value, 0))
        .toList();
  }

  @Override
  public List<Sent> literally(List<String> words) throws RefusedException {
    List<Sent> all = new ArrayList<>();
    for (String word : words) {
      try {
        CanFrame frame = CanFrame.parse(word);
        if (!FrameBytes.holds(frame)) {
          throw new RefusedException("'" + word + "' is no data frame with an id of 29 bits");
        }
        all.addAll(sent(frame));
      } catch (IllegalArgumentException e) {
        throw new RefusedException(String.valueOf(e.getMessage()));
      }
    }
    return all;
  }

  @Override
  public String literals() {
    return "frames as candump writes them: 0000C300#0000000001";
  }
}
