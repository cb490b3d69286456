package dev.roundhouse.devices.serial;

/** The parity bit of a serial frame. */
public enum Parity {
  /** No parity bit. */
  NONE,
  /** An even number of ones, parity bit included. */
  EVEN,
  /** An odd number of ones, parity bit included. */
  ODD,
  /** The parity bit is always 1. */
  MARK,
  /** The parity bit is always 0. */
  SPACE;

  /** The parity bit for {@code data}; 1 for {@link #NONE}, where a stop bit follows. */
  public int bitFor(int data) {
    return switch (this) {
      case EVEN -> Integer.bitCount(data) & 1;
      case ODD -> ~Integer.bitCount(data) & 1;
      case MARK, NONE -> 1;
      case SPACE -> 0;
    };
  }
}
