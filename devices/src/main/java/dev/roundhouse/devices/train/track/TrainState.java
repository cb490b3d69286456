package dev.roundhouse.devices.train.track;

/** How a train is. */
public enum TrainState {
  /** As it should be. */
  ON_TRACK,
  /** It stands without current and must be pushed. */
  STALLED,
  /** It ran into another train or was run into. */
  COLLIDED,
  /** A turnout moved under it. */
  DERAILED,
  /** It ran off an end of the track. */
  RAN_OFF
}
