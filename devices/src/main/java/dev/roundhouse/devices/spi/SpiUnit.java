package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.auxiliary.AuxiliaryBlock;
import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.gpio.PinFunction;
import java.util.List;

/**
 * An auxiliary SPI: which unit of the block it is, where its registers stand in it, and its pins,
 * all with alternate function 4 (BCM2711 ARM Peripherals, 2.3 and 5.3).
 *
 * @param selects chip selects 0 to 2
 */
public record SpiUnit(
    String name, int unit, int offset, List<Integer> selects, int in, int out, int clock) {
  /** The first. */
  public static final SpiUnit SPI1 =
      new SpiUnit("SPI1", AuxiliaryBlock.SPI1, 0x80, List.of(18, 17, 16), 19, 20, 21);

  /** The second. */
  public static final SpiUnit SPI2 =
      new SpiUnit("SPI2", AuxiliaryBlock.SPI2, 0xC0, List.of(43, 44, 45), 40, 41, 42);

  /** Whether the bus comes out, with this chip select. */
  boolean isConnected(Gpio gpio, int select) {
    return is(gpio, selects.get(select)) && is(gpio, out) && is(gpio, clock);
  }

  /** Whether what devices send comes in. */
  boolean hearsAnything(Gpio gpio) {
    return is(gpio, in);
  }

  private static boolean is(Gpio gpio, int pin) {
    return gpio.function(pin) == PinFunction.ALTERNATE_4;
  }
}
