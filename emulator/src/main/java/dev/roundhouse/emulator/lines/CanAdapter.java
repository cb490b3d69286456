package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.can.CanFrame;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** What leads to a real CAN bus at 250 kbit/s. One thread uses it. */
interface CanAdapter extends Closeable {
  /** Opens one. */
  @FunctionalInterface
  interface Opener {
    CanAdapter open() throws IOException;
  }

  /** A frame that has come; never waits. */
  Optional<CanFrame> receive() throws IOException;

  /** Sends a frame, if {@link #sendNanos} of the one before have passed. */
  void send(CanFrame frame) throws IOException;

  /** How long it takes to send a frame. */
  long sendNanos(CanFrame frame);

  /** Gives it back; never fails. */
  @Override
  void close();
}
