package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.gpio.PinFunction;
import java.util.List;

/**
 * The pins of an SPI, and the alternate function that each must have for it (BCM2711 ARM
 * Peripherals, 5.3).
 *
 * @param selects chip selects by number
 */
record SpiPins(PinFunction function, List<Integer> selects, int in, int out, int clock) {
  /** Whether what the bus sends comes out. */
  boolean areConnected(Gpio gpio) {
    return is(gpio, out) && is(gpio, clock);
  }

  /** Whether the bus drives a chip select. */
  boolean isSelect(Gpio gpio, int select) {
    return is(gpio, selects.get(select));
  }

  /** Whether what devices send comes in. */
  boolean hearAnything(Gpio gpio) {
    return is(gpio, in);
  }

  private boolean is(Gpio gpio, int pin) {
    return gpio.function(pin) == function;
  }
}
