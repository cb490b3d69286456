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
  SPACE
}
