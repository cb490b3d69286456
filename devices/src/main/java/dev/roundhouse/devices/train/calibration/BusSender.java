package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanPort;
import dev.roundhouse.devices.can.CanStation;
import dev.roundhouse.devices.can.TransmitResult;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.train.calibration.Transcript.Sent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A sender of frames on the bus of a Central Station. */
final class BusSender implements Simulation.Sender, CanStation {
  private final VirtualClock clock;
  private final Transcript heard;
  private final Deque<CanFrame> waiting = new ArrayDeque<>();
  private final CanPort port;

  BusSender(VirtualClock clock, CanBus bus, Transcript heard) {
    this.clock = clock;
    this.heard = heard;
    port = bus.connect(this);
    port.setMode(CanPort.Mode.ON);
  }

  @Override
  public void send(Sent what) {
    if (what instanceof Sent.OfBus(_, CanFrame frame)) {
      waiting.add(frame);
      port.request();
    }
  }

  @Override
  public String name() {
    return "sender";
  }

  @Override
  public Optional<CanFrame> frameToSend() {
    return Optional.ofNullable(waiting.peek());
  }

  @Override
  public void transmitted(TransmitResult result) {
    if (result == TransmitResult.SENT) {
      heard.frameToBox(clock.nanos(), waiting.remove());
    }
    if (!waiting.isEmpty()) {
      port.request();
    }
  }

  @Override
  public void received(CanFrame frame) {
    heard.frameFromBox(clock.nanos(), frame);
  }

  @Override
  public boolean maySendUnasked() {
    return true;
  }
}
