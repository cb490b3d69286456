package dev.roundhouse.devices.register;

/** What a write of fewer than four bytes gives the rest of a register. */
public enum NarrowWrite {
  /** The bytes that reading it gives, without any effect of reading. */
  KEEPS_THE_REST,
  /** Zeros: for registers whose reads or writes are orders. */
  ZEROES_THE_REST
}
