package dev.roundhouse.devices.serial;

/** The state of a modem line by its meaning, whatever its polarity on the wire. */
public enum Signal {
  /** Active: clear to send, or request to send. */
  ASSERTED,
  /** Not active. */
  NEGATED
}
