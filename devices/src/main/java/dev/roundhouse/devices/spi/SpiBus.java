package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.gpio.PinFunction;
import dev.roundhouse.devices.irq.Level;
import org.jspecify.annotations.Nullable;

/**
 * The wires of an SPI: the device at one of its chip selects, and the bits to and fro. A chip
 * select whose pin is an output is the program's: the device is selected while the pin is low.
 */
final class SpiBus {
  private static final int NO_SELECT = -1;

  private final Gpio gpio;
  private final SpiPins pins;
  private @Nullable SpiDevice device;
  private int deviceSelect = NO_SELECT;
  private int asserted;
  private boolean isSelected;
  private int outByte;
  private int inByte;
  private int bits;

  /** Wires without a device. */
  SpiBus(Gpio gpio, SpiPins pins) {
    this.gpio = gpio;
    this.pins = pins;
  }

  /** Puts a device at a chip select. */
  void connect(int select, SpiDevice newDevice) {
    deviceSelect = select;
    device = newDevice;
    gpio.watch(pins.selects().get(select), this::settle);
  }

  /** Whether there is a device at a chip select whose pins are not those of the bus. */
  boolean isCutOff(int select) {
    return select == deviceSelect
        && !((isByPin() || pins.isSelect(gpio, select)) && pins.areConnected(gpio) && hears());
  }

  private boolean isByPin() {
    return gpio.function(pins.selects().get(deviceSelect)) == PinFunction.OUTPUT;
  }

  private boolean hears() {
    return pins.hearAnything(gpio);
  }

  /** Asserts the chip selects that {@code mask} has a bit for; the device may be selected now. */
  void select(int mask) {
    asserted = mask;
    settle();
  }

  /** Releases all chip selects. */
  void deselect() {
    bits = 0;
    select(0);
  }

  private void settle() {
    SpiDevice to = device;
    boolean reaches = to != null && isChosen() && pins.areConnected(gpio);
    if (to == null || reaches == isSelected) {
      return;
    }
    isSelected = reaches;
    bits = 0;
    if (reaches) {
      to.selected();
    } else {
      to.deselected();
    }
  }

  private boolean isChosen() {
    return isByPin()
        ? gpio.level(pins.selects().get(deviceSelect)) == Level.LOW
        : (asserted >>> deviceSelect & 1) != 0 && pins.isSelect(gpio, deviceSelect);
  }

  /** One cycle of the clock: a bit out and one in; 0 where nobody speaks. */
  int exchange(int out) {
    SpiDevice to = device;
    if (to == null || !isSelected) {
      return 0;
    }
    if (bits == 0) {
      outByte = to.out();
      inByte = 0;
    }
    int in = outByte >>> (Byte.SIZE - 1 - bits) & 1;
    inByte = inByte << 1 | out;
    bits = (bits + 1) % Byte.SIZE;
    if (bits == 0) {
      to.in(inByte);
    }
    return hears() ? in : 0;
  }

  /** Eight cycles of the clock, the highest bit first. */
  int exchangeByte(int out) {
    int in = 0;
    for (int n = Byte.SIZE - 1; n >= 0; n--) {
      in = in << 1 | exchange(out >>> n & 1);
    }
    return in;
  }
}
