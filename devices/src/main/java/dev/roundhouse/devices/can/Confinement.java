package dev.roundhouse.devices.can;

/** How much a station may still do to a bus (ISO 11898-1, 12.1.4). */
public enum Confinement {
  /** It destroys frames in which it sees an error. */
  ACTIVE,
  /** One of its counters is beyond 127: it destroys none, and lets others send first. */
  PASSIVE,
  /**
   * Its transmit error counter is beyond 255: it takes no part until 128 times 11 recessive bits.
   */
  BUS_OFF
}
