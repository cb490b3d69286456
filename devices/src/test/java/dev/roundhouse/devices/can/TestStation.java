package dev.roundhouse.devices.can;

import dev.roundhouse.devices.time.VirtualClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Sends what it is given, one after the other and until it is sent, and writes down what it sees.
 */
public final class TestStation implements CanStation {
  public final Deque<CanFrame> queue = new ArrayDeque<>();
  public final List<String> seen = new ArrayList<>();
  private final String name;
  private final VirtualClock clock;
  private final CanPort port;

  /** Connected, and off. */
  public TestStation(String name, CanBus bus, VirtualClock clock) {
    this.name = name;
    this.clock = clock;
    port = bus.connect(this);
  }

  public CanPort port() {
    return port;
  }

  public void send(CanFrame frame) {
    queue.add(frame);
    port.request();
  }

  /** What it has seen since it was last asked. */
  public List<String> taken() {
    List<String> all = List.copyOf(seen);
    seen.clear();
    return all;
  }

  private void note(Object what) {
    seen.add(clock.nanos() / 1000 + " " + what);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<CanFrame> frameToSend() {
    return Optional.ofNullable(queue.peek());
  }

  @Override
  public void transmitted(TransmitResult result) {
    if (result == TransmitResult.SENT) {
      queue.remove();
    }
    note(result);
  }

  @Override
  public void received(CanFrame frame) {
    note(frame);
  }

  @Override
  public void missed() {
    note("missed");
  }

  @Override
  public void confinementChanged() {
    note(port.state());
  }

  @Override
  public boolean maySendUnasked() {
    return false;
  }
}
