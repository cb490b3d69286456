package dev.roundhouse.emulator.input;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanPort;
import dev.roundhouse.devices.can.CanStation;
import dev.roundhouse.devices.can.TransmitResult;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.train.cs3.FrameBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The machine's bus as far as the host's: a station that stands for all that are there. Frames pass
 * as {@link FrameBytes}, so that they enter and are recorded as the bytes of any line are. While
 * the host's bus is out of reach, it is not on the machine's, and nobody acknowledges.
 */
public final class CanLine implements CanStation {
  /** Its name on the machine's bus. */
  public static final String NAME = "host";

  private final CanBus bus;
  private final CanPort port;
  private final OutputPort output;
  private final HostLine.Run run;
  private final FrameBytes coming = new FrameBytes();
  private final Deque<CanFrame> frames = new ArrayDeque<>();

  /** A line for a bus, which reaches the host's. */
  public CanLine(CanBus bus, OutputPort output, HostLine.Run run) {
    this.bus = bus;
    this.output = output;
    this.run = run;
    port = bus.connect(this);
    port.setMode(CanPort.Mode.ON);
  }

  /** The machine's bus. */
  public CanBus bus() {
    return bus;
  }

  /** Takes a byte from the host. */
  public void enqueue(int value) {
    run.byteTaken();
    coming
        .take(value)
        .ifPresent(frame -> {
          frames.add(frame);
          port.request();
        });
  }

  /** The host's bus is within reach, or not. */
  public void setReach(Signal state) {
    port.setMode(state == Signal.ASSERTED ? CanPort.Mode.ON : CanPort.Mode.OFF);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<CanFrame> frameToSend() {
    return Optional.ofNullable(frames.peek());
  }

  @Override
  public void transmitted(TransmitResult result) {
    if (result == TransmitResult.SENT) {
      frames.remove();
    }
    port.request();
  }

  /** Stations speak data frames with 29 bits alone; others stay on the machine's bus. */
  @Override
  public void received(CanFrame frame) {
    if (FrameBytes.holds(frame)) {
      try {
        for (byte value : FrameBytes.of(frame)) {
          output.put(Byte.toUnsignedInt(value));
        }
        output.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(Cables.name(Cables.CAN) + ": " + e.getMessage(), e);
      }
    }
  }

  @Override
  public boolean maySendUnasked() {
    return true;
  }
}
