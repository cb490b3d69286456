package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.train.box.Trackside.Light;
import dev.roundhouse.devices.train.motion.Body.Heading;
import java.util.List;

/**
 * A train at a moment.
 *
 * @param number its locomotive's address
 * @param under the pieces of track under it, its end first
 * @param pickUp where the point of its pick-up is that reaches sensors first
 * @param level the level last commanded, 0 to 14
 * @param speed in mm/s
 * @param functions bit 0 is f1
 */
public record TrainView(
    int number,
    TrainState state,
    List<Covered> under,
    Place pickUp,
    Heading heading,
    int level,
    double speed,
    Light light,
    int functions) {
  /** Copies the list. */
  public TrainView {
    under = List.copyOf(under);
  }
}
