package dev.roundhouse.emulator.record;

/**
 * How far a run was, and all that had happened in one number.
 *
 * @param nanos the latest virtual time of an event so far, in nanoseconds
 * @param events how many events there had been, inputs included
 * @param digest of all of them
 */
record CheckPoint(long nanos, long events, long digest) {
  /** Before anything. */
  static final CheckPoint START = new CheckPoint(0, 0, 0);
}
