package dev.roundhouse.devices.train.layout;

/** Which way an edge leaves its first node. */
public enum Leg {
  /** The only way. */
  AHEAD,
  /** The straight leg of a turnout. */
  STRAIGHT,
  /** The curved leg of a turnout. */
  CURVED
}
