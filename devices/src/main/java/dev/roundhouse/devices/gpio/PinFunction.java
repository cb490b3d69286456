package dev.roundhouse.devices.gpio;

import java.util.List;

/** What a GPIO pin is used for (BCM2711 ARM Peripherals, 5.2, GPFSEL). The order is the code. */
public enum PinFunction {
  /** The pin is an input. */
  INPUT,
  /** The pin is driven by GPSET and GPCLR. */
  OUTPUT,
  /** Alternate function 5. */
  ALTERNATE_5,
  /** Alternate function 4. */
  ALTERNATE_4,
  /** Alternate function 0. */
  ALTERNATE_0,
  /** Alternate function 1. */
  ALTERNATE_1,
  /** Alternate function 2. */
  ALTERNATE_2,
  /** Alternate function 3. */
  ALTERNATE_3;

  private static final List<PinFunction> BY_CODE = List.of(values());

  /** The function with a code of 0 to 7. */
  static PinFunction of(int code) {
    return BY_CODE.get(code);
  }
}
