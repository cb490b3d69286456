package dev.roundhouse.emulator.observe;

/** Sees what passes on the serial line to an interface box. */
public interface LineWatch {
  /** A byte has reached the box, at this virtual time. */
  void toBox(long nanos, int value);

  /** A byte has come from the box. */
  void fromBox(long nanos, int value);

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
