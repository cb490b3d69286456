package dev.roundhouse.emulator.input;

import java.io.IOException;

/** Where the bytes go that a UART sends. Called on the machine's thread. */
public interface OutputPort {
  /** Takes a byte, 0 to 255; it may wait in a buffer until {@link #flush}. */
  void put(int value) throws IOException;

  /** Lets everything that was put become visible. */
  void flush() throws IOException;

  /** A port that drops everything. */
  static OutputPort none() {
    return new OutputPort() {
      @Override
      public void put(int value) {
        // Nobody is there.
      }

      @Override
      public void flush() {
        // Nothing waits.
      }
    };
  }
}
