package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.train.box.BoxDialogue;
import dev.roundhouse.emulator.process.Notices;
import java.util.OptionalInt;

/**
 * Lets a program's bytes to an interface box pass, by the user's wish slower ones or not at all.
 */
final class CommandFilter {
  private static final int FIRST_AFTER_SPEEDS = 32;
  private static final int REVERSE = 15;
  private static final int LEVELS = 16;
  private static final int STOP = 97;
  private static final int SENSORS = 0x80;
  private static final int SENSOR_BITS = 0xA0;

  private final String name;
  private final SerialSettings settings;
  private final Notices notices;
  private final BoxDialogue program = new BoxDialogue();
  private boolean isWithheld;
  private boolean isCapTold;

  CommandFilter(String name, SerialSettings settings, Notices notices) {
    this.name = name;
    this.settings = settings;
    this.notices = notices;
  }

  /** What to send in place of a program's byte; nothing when it is withheld. */
  OptionalInt pass(int value) {
    boolean isFirst = !program.isHalfWay();
    if (isFirst) {
      isWithheld = settings.effect() == SerialSettings.Effect.DRY_RUN && moves(value);
    }
    String meaning = program.toBox(value);
    if (isWithheld) {
      if (!program.isHalfWay()) {
        notices.say(name + ": dry run, not sent: " + meaning);
      }
      return OptionalInt.empty();
    }
    return OptionalInt.of(isFirst ? capped(value) : value);
  }

  private static boolean moves(int value) {
    boolean isForSensors = (value & SENSOR_BITS) == SENSORS;
    return value != STOP && !isForSensors;
  }

  private int capped(int value) {
    int level = value % LEVELS;
    if (settings.speedCap().isEmpty() || value >= FIRST_AFTER_SPEEDS || level == REVERSE) {
      return value;
    }
    int cap = settings.speedCap().getAsInt();
    if (level <= cap) {
      return value;
    }
    if (!isCapTold) {
      isCapTold = true;
      notices.say(name + ": speed " + level + " becomes " + cap + ", and so on: the speed cap");
    }
    return value - level + cap;
  }
}
