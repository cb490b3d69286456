package dev.roundhouse.emulator.lines;

import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.UartAttachment;

/** A far end that is set up, until it is closed. */
public interface HostEnd extends AutoCloseable {
  /** What the machine is to be given. */
  UartAttachment attachment();

  /** Whether it acts at times of its own, so that the run has to keep to real time. */
  default boolean isLive() {
    return attachment().input() instanceof InputSource.Live;
  }

  /** Lets output that is under way arrive, and gives back what the host was asked for. */
  @Override
  void close();
}
