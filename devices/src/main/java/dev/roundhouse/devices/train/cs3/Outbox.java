package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanPort;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.train.event.TrainServices;
import java.util.ArrayDeque;
import java.util.Optional;

/** What a station is going to send: each frame from some time on, and all in their order. */
final class Outbox {
  /** More than the longest file needs, and little enough for a flood of requests. */
  private static final int MOST_FRAMES = 8192;

  private final TrainServices services;
  private final CanPort port;
  private final CentralStation.Loss loss;
  private final Alarm ready;
  private final ArrayDeque<Due> frames = new ArrayDeque<>();

  /** A frame, and from when on it may be sent. */
  private record Due(CanFrame frame, long fromNanos) {}

  Outbox(TrainServices services, CanPort port, CentralStation.Loss loss) {
    this.services = services;
    this.loss = loss;
    this.port = port;
    ready = services.agenda().alarm("CS3 sends", at -> port.request());
  }

  /**
   * Adds a frame, unless it is lost.
   *
   * @return whether there was room for it
   */
  boolean add(CanFrame frame, long delayNanos) {
    if (loss.strikes(frame)) {
      return true;
    }
    if (frames.size() == MOST_FRAMES) {
      return false;
    }
    frames.add(new Due(frame, services.clock().nanos() + delayNanos));
    if (frames.size() == 1) {
      awaitFirst();
    }
    return true;
  }

  private void awaitFirst() {
    Due first = frames.peek();
    if (first == null) {
      ready.cancel();
    } else if (first.fromNanos <= services.clock().nanos()) {
      port.request();
    } else {
      ready.setAt(first.fromNanos);
    }
  }

  /** The frame that is to be sent now. */
  Optional<CanFrame> first() {
    return Optional.ofNullable(frames.peek())
        .filter(due -> due.fromNanos <= services.clock().nanos())
        .map(Due::frame);
  }

  /** The first frame has been sent. */
  void sent() {
    frames.poll();
    awaitFirst();
  }

  void clear() {
    frames.clear();
    ready.cancel();
  }
}
