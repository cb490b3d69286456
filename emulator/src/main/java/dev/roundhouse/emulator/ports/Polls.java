package dev.roundhouse.emulator.ports;

/**
 * Hears of accesses to devices, so that loops that only wait for one need not be played in full.
 */
public interface Polls {
  /** A register was read, and has given a value; time has caught up. */
  void read(long address, long value);

  /** Something is about to be written. */
  void written();
}
