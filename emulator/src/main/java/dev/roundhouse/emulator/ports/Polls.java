package dev.roundhouse.emulator.ports;

/**
 * Hears of accesses to devices, so that loops that only wait for one need not be played in full.
 */
public interface Polls {
  /** A register was read; time has caught up. */
  void read(long address);

  /** Something is about to be written. */
  void written();
}
