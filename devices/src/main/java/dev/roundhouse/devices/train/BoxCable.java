package dev.roundhouse.devices.train;

import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.serial.UartPort;
import dev.roundhouse.devices.train.box.MarklinBox;
import dev.roundhouse.devices.train.cs3.CentralStation;
import dev.roundhouse.devices.train.fault.LossyLine;

/** By what a program reaches a train set's box. */
public sealed interface BoxCable {
  /**
   * A serial line.
   *
   * @param box at its end
   * @param farEnd what a UART's line leads to: the box, or less than all that is for it
   */
  record Serial(MarklinBox box, LossyLine farEnd) implements BoxCable {
    /** Plugs it into a UART, whose far end must be {@link #farEnd}. */
    public void connect(UartPort uart) {
      box.connect(uart);
    }
  }

  /** A CAN bus with a station on it. */
  record Can(CanBus bus, CentralStation station) implements BoxCable {}
}
