package dev.roundhouse.devices.register;

/** What reading and writing a register does. */
public enum Access {
  /** Reads give the value; writes are ignored. */
  RO,
  /** Reads give the value; writes replace it. */
  RW,
  /** Reads give 0; a write is an order. */
  WO,
  /** Reads give the value; a 1 written to a bit clears it, a 0 leaves it alone. */
  W1C,
  /** Reads give the value; a 1 written to a bit sets it, a 0 leaves it alone. */
  W1S,
  /** Known to the manual as reserved: reads give 0, writes are ignored. */
  RESERVED,
  /**
   * Known to the manual, not to this model: reads give the reset value, writes are ignored, and the
   * first use is a visible warning.
   */
  UNMODELLED;

  /** Whether a write does anything. */
  boolean takesWrites() {
    return switch (this) {
      case RW, WO, W1C, W1S -> true;
      case RO, RESERVED, UNMODELLED -> false;
    };
  }
}
