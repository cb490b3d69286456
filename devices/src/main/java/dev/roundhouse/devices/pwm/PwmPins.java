package dev.roundhouse.devices.pwm;

import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.gpio.PinFunction;

/** The pins at which the PWMs come out (BCM2711 ARM Peripherals, 5.3). */
public enum PwmPins {
  GPIO12(12, PinFunction.ALTERNATE_0, 0, 0),
  GPIO13(13, PinFunction.ALTERNATE_0, 0, 1),
  GPIO18(18, PinFunction.ALTERNATE_5, 0, 0),
  GPIO19(19, PinFunction.ALTERNATE_5, 0, 1),
  GPIO40(40, PinFunction.ALTERNATE_0, 1, 0),
  GPIO41(41, PinFunction.ALTERNATE_0, 1, 1),
  GPIO45(45, PinFunction.ALTERNATE_0, 0, 1);

  private final int pin;
  private final PinFunction function;
  private final int pwm;
  private final int channel;

  PwmPins(int pin, PinFunction function, int pwm, int channel) {
    this.pin = pin;
    this.function = function;
    this.pwm = pwm;
    this.channel = channel;
  }

  /** Connects both PWMs with all their pins. */
  public static void connect(Gpio gpio, Pwm pwm0, Pwm pwm1) {
    for (PwmPins way : values()) {
      Pwm from = way.pwm == 0 ? pwm0 : pwm1;
      gpio.connect(way.pin, way.function, from.output(way.channel));
    }
    pwm0.whenShapeChanges(() -> tell(gpio, 0));
    pwm1.whenShapeChanges(() -> tell(gpio, 1));
  }

  private static void tell(Gpio gpio, int pwm) {
    for (PwmPins way : values()) {
      if (way.pwm == pwm && gpio.function(way.pin) == way.function) {
        gpio.pulsesChanged(way.pin);
      }
    }
  }
}
