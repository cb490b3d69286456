package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.gpio.PinFunction;
import java.util.List;

/**
 * The pins of an auxiliary SPI, all with alternate function 4 (BCM2711 ARM Peripherals, 5.3).
 *
 * @param selects chip selects 0 to 2
 */
public record SpiPins(List<Integer> selects, int in, int out, int clock) {
  /** Those of SPI1. */
  public static final SpiPins SPI1 = new SpiPins(List.of(18, 17, 16), 19, 20, 21);

  /** Those of SPI2. */
  public static final SpiPins SPI2 = new SpiPins(List.of(43, 44, 45), 40, 41, 42);

  /** Whether the bus comes out, with this chip select. */
  boolean areConnected(Gpio gpio, int select) {
    return is(gpio, selects.get(select)) && is(gpio, out) && is(gpio, clock);
  }

  /** Whether what devices send comes in. */
  boolean hearAnything(Gpio gpio) {
    return is(gpio, in);
  }

  private static boolean is(Gpio gpio, int pin) {
    return gpio.function(pin) == PinFunction.ALTERNATE_4;
  }
}
