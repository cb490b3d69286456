package dev.roundhouse.devices.train.layout;

/**
 * A piece of track in one direction.
 *
 * @param index in its layout
 * @param section the piece of track itself, which the edge shares with its reverse
 * @param lengthMm millimetres, not negative
 */
public record Edge(int index, int section, Node from, Leg leg, Node to, double lengthMm) {
  /** Such as {@code A1-MR12}. */
  public String name() {
    return from.name() + "-" + to.name();
  }
}
