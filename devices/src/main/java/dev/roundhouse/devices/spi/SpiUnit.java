package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.auxiliary.AuxiliaryBlock;
import dev.roundhouse.devices.gpio.PinFunction;
import java.util.List;

/**
 * An auxiliary SPI: which unit of the block it is, where its registers stand in it, and its pins
 * (BCM2711 ARM Peripherals, 2.3).
 */
public record SpiUnit(String name, int unit, int offset, SpiPins pins) {
  /** The first. */
  public static final SpiUnit SPI1 =
      new SpiUnit("SPI1", AuxiliaryBlock.SPI1, 0x80, pins(List.of(18, 17, 16), 19, 20, 21));

  /** The second. */
  public static final SpiUnit SPI2 =
      new SpiUnit("SPI2", AuxiliaryBlock.SPI2, 0xC0, pins(List.of(43, 44, 45), 40, 41, 42));

  private static SpiPins pins(List<Integer> selects, int in, int out, int clock) {
    return new SpiPins(PinFunction.ALTERNATE_4, selects, in, out, clock);
  }
}
