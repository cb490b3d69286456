package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.can.CanFrame;

/** Sees what passes on the serial line or the bus to a box. */
public interface LineWatch {
  /** A byte has reached the box, at this virtual time. */
  void toBox(long nanos, int value);

  /** A byte has come from the box. */
  void fromBox(long nanos, int value);

  /** A frame of a program or client has gone over the bus. */
  default void frameToBox(long nanos, CanFrame frame) {}

  /** A frame of the box has come over the bus. */
  default void frameFromBox(long nanos, CanFrame frame) {}

  /** Nobody looks. */
  static LineWatch none() {
    return new LineWatch() {
      @Override
      public void toBox(long nanos, int value) {
        // Nobody looks.
      }

      @Override
      public void fromBox(long nanos, int value) {
        // Nobody looks.
      }
    };
  }
}
