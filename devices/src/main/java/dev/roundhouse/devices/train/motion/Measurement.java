package dev.roundhouse.devices.train.motion;

import java.util.List;
import java.util.Optional;

/**
 * What somebody measured of a locomotive.
 *
 * @param from the level before a change of level, else 0
 * @param seconds from the command for the level to the command to stop, or to when a start's
 *     distance was taken; else 0
 * @param values mm/s, mm or seconds, as the quantity is
 * @param source who measured it
 * @param unused why nothing is fitted to it, if so
 */
public record Measurement(
    Quantity what,
    int level,
    int from,
    double seconds,
    List<Double> values,
    String source,
    Optional<String> unused) {
  /** What can be measured; its name in files is the enum's in lower case with hyphens. */
  public enum Quantity {
    /** The steady speed of a level reached from below, mm/s. */
    SPEED,
    /** The same reached from above. */
    SPEED_FROM_ABOVE,
    /** The distance from a level's steady speed to standstill, mm. */
    STOP,
    /** The same of a level reached from above. */
    STOP_FROM_ABOVE,
    /** The seconds of gaining speed from standstill to a level. */
    START,
    /** The distance from standstill in so many seconds, mm. */
    START_DISTANCE,
    /** The seconds of a change from level to level. */
    LEVEL_CHANGE,
    /** The distance from standstill to standstill, with so many seconds between commands, mm. */
    SHORT_MOVE
  }

  /** Copies the list. */
  public Measurement {
    values = List.copyOf(values);
  }
}
