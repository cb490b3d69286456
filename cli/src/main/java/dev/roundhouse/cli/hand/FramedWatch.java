package dev.roundhouse.cli.hand;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.train.cs3.FrameBytes;
import dev.roundhouse.emulator.observe.LineWatch;

/** Puts the bytes on the way to a Central Station, and from it, together to frames. */
public final class FramedWatch implements LineWatch {
  private final LineWatch frames;
  private final FrameBytes to = new FrameBytes();
  private final FrameBytes from = new FrameBytes();

  /** Tells {@code frames} of each one that is whole. */
  public FramedWatch(LineWatch frames) {
    this.frames = frames;
  }

  @Override
  public void toBox(long nanos, int value) {
    to.take(value).ifPresent(frame -> frames.frameToBox(nanos, frame));
  }

  @Override
  public void fromBox(long nanos, int value) {
    from.take(value).ifPresent(frame -> frames.frameFromBox(nanos, frame));
  }

  @Override
  public void frameToBox(long nanos, CanFrame frame) {
    frames.frameToBox(nanos, frame);
  }

  @Override
  public void frameFromBox(long nanos, CanFrame frame) {
    frames.frameFromBox(nanos, frame);
  }
}
