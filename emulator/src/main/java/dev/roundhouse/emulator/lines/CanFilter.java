package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.train.cs3.MessageText;
import dev.roundhouse.devices.train.cs3.StationCommand;
import dev.roundhouse.devices.train.cs3.StationMessage;
import dev.roundhouse.devices.train.cs3.StationMessage.Order;
import dev.roundhouse.emulator.process.Notices;
import java.util.Optional;

/** Lets a program's frames to a station pass, by the user's wish slower ones or not at all. */
final class CanFilter {
  private final String name;
  private final CanSettings settings;
  private final Notices notices;
  private boolean isCapTold;

  CanFilter(String name, CanSettings settings, Notices notices) {
    this.name = name;
    this.settings = settings;
    this.notices = notices;
  }

  /** What to send in place of a program's frame; nothing when it is withheld. */
  Optional<CanFrame> pass(CanFrame frame) {
    StationMessage message = StationMessage.of(frame);
    if (settings.effect() == SerialSettings.Effect.DRY_RUN && !isHarmless(message)) {
      notices.say(name + ": dry run, not sent: " + MessageText.of(frame));
      return Optional.empty();
    }
    return Optional.of(
        message instanceof StationMessage.Speed(_, var speed) && speed.isPresent()
            ? capped(frame, speed.getAsInt())
            : frame);
  }

  /** Whether it moves nothing: it asks, or stops. */
  private static boolean isHarmless(StationMessage message) {
    return switch (message) {
      case StationMessage.SystemCommand(_, var order) -> order != Order.GO && order != Order.DROP;
      case StationMessage.Speed(_, var speed) -> speed.isEmpty();
      case StationMessage.Direction(_, var direction) -> direction.isEmpty();
      case StationMessage.Function(_, _, var value) -> value.isEmpty();
      case StationMessage.Status _, StationMessage.OfContacts _ -> true;
      case StationMessage.OfDevices devices -> !(devices instanceof StationMessage.Boot);
      case StationMessage.Setting _,
          StationMessage.Overload _,
          StationMessage.Accessory _,
          StationMessage.Unknown _ ->
          false;
    };
  }

  private CanFrame capped(CanFrame frame, int speed) {
    if (settings.speedCap().isEmpty() || speed <= settings.speedCap().getAsInt()) {
      return frame;
    }
    int cap = settings.speedCap().getAsInt();
    if (!isCapTold) {
      isCapTold = true;
      notices.say(name + ": speed " + speed + " becomes " + cap + ", and so on: the speed cap");
    }
    int uid = (int) (frame.data() >>> Integer.SIZE);
    return CanFrame.of(frame.id(), frame.length(), StationCommand.speed(uid, cap).data());
  }
}
