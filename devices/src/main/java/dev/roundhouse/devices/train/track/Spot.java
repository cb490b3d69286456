package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.train.layout.Node;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a pick-up is put down.
 *
 * @param sensor in the direction of travel
 * @param past how far it is past the sensor, in millimetres; negative before it
 */
record Spot(Node sensor, double past) {
  private static final double JUST_PAST_MM = 1;
  private static final int MOST_MM = 5000;
  private static final Pattern WITH_DISTANCE = Pattern.compile("(.+)([+-])(\\d{1,4})");

  /** Reads such as {@code C13}, {@code C13+120} or {@code C13-40}. */
  static Spot parse(String text, Track track) {
    Matcher matcher = WITH_DISTANCE.matcher(text);
    if (track.layout().node(text).isPresent() || !matcher.matches()) {
      return new Spot(track.sensorNode(text), JUST_PAST_MM);
    }
    int mm = Integer.parseInt(matcher.group(3));
    if (mm > MOST_MM) {
      throw new DescriptionException(
          text + ": at most " + MOST_MM + " mm from a sensor; take a nearer one");
    }
    return new Spot(track.sensorNode(matcher.group(1)), matcher.group(2).equals("-") ? -mm : mm);
  }
}
