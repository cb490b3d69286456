package dev.roundhouse.devices.gpio;

import dev.roundhouse.devices.irq.Level;

/** The output of a device that a pin shows while it has the device's function. */
@FunctionalInterface
public interface PinOutput {
  /** The present level. */
  Level level();

  /** The share of time that it is high, 0 to 1, for outputs that pulse. */
  default double duty() {
    return level() == Level.HIGH ? 1 : 0;
  }
}
