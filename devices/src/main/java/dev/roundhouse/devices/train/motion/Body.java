package dev.roundhouse.devices.train.motion;

/**
 * A locomotive's measures in millimetres.
 *
 * @param length over all
 * @param front from its front end to the point of the pick-up that reaches sensors first
 * @param shoe how long the pick-up keeps a sensor's contact closed
 * @param reverseOffset how far behind that point the one lies that reaches sensors first in the
 *     other direction
 */
public record Body(double length, double front, double shoe, double reverseOffset) {
  /** Which end goes first. */
  public enum Heading {
    /** The front end. */
    FORWARD,
    /** The rear end. */
    BACKWARD;

    /** The other one. */
    public Heading opposite() {
      return this == FORWARD ? BACKWARD : FORWARD;
    }
  }

  /** From the end that goes first to the point that reaches sensors first. */
  public double overhang(Heading heading) {
    return heading == Heading.FORWARD ? front : length - front - reverseOffset;
  }
}
