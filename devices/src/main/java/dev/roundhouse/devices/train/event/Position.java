package dev.roundhouse.devices.train.event;

/** Where a turnout leads. */
public enum Position {
  /** Straight on; command 33, green. */
  STRAIGHT,
  /** To the side; command 34, red. */
  CURVED
}
