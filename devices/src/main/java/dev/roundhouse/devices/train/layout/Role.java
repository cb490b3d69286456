package dev.roundhouse.devices.train.layout;

/** What a node is. */
public sealed interface Role {
  /** A sensor that sees trains in the node's direction: a contact of an s88 module. */
  record Sensor(int module, int contact) implements Role {}

  /** A turnout from its single leg: the way goes on straight or curved. */
  record Branch(int turnout) implements Role {}

  /** A turnout from one of its two legs. */
  record Merge(int turnout) implements Role {}

  /** An end of the track, heading onto it. */
  record Enter() implements Role {}

  /** An end of the track, heading off it. */
  record Exit() implements Role {}
}
