package dev.roundhouse.devices.can;

import java.util.Optional;

/** What is behind a {@link CanPort}: a controller chip, a command station, an adapter. */
public interface CanStation {
  /** What it is called in traces and warnings. */
  String name();

  /**
   * The frame with which it takes part in the arbitration that is taking place at this moment; its
   * fate comes by {@link #transmitted}. Asked only after {@link CanPort#request}, until there is
   * none.
   */
  Optional<CanFrame> frameToSend();

  /** A frame of its own has come to its end, at this moment. */
  void transmitted(TransmitResult result);

  /** A frame of another station has come whole, at this moment: its end of frame is over. */
  void received(CanFrame frame);

  /** A frame of another station was destroyed, or could not be read. */
  default void missed() {}

  /** The port has begun to take part in the traffic. */
  default void joined() {}

  /** A frame begins while the port is asleep. */
  default void woken() {}

  /** The state of the port's fault confinement has changed. */
  default void confinementChanged() {}

  /** Whether it may send a frame without having received one. */
  boolean maySendUnasked();
}
