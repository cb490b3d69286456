package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.gpio.Gpio;
import org.jspecify.annotations.Nullable;

/** The wires of an SPI: the device at one of its chip selects, and the bits to and fro. */
final class SpiBus {
  private static final int NO_SELECT = -1;

  private final Gpio gpio;
  private final SpiPins pins;
  private @Nullable SpiDevice device;
  private int deviceSelect = NO_SELECT;
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
  }

  /** Whether there is a device at a chip select whose pins are not those of the bus. */
  boolean isCutOff(int select) {
    return select == deviceSelect && !(pins.areConnected(gpio, select) && hears());
  }

  private boolean hears() {
    return pins.hearAnything(gpio);
  }

  /** Asserts the chip selects that {@code mask} has a bit for; the device may be selected now. */
  void select(int mask) {
    boolean reaches =
        deviceSelect != NO_SELECT
            && (mask >>> deviceSelect & 1) != 0
            && pins.areConnected(gpio, deviceSelect);
    if (!reaches) {
      deselect();
    } else if (!isSelected && device != null) {
      isSelected = true;
      device.selected();
    }
  }

  /** Releases all chip selects. */
  void deselect() {
    bits = 0;
    if (isSelected && device != null) {
      isSelected = false;
      device.deselected();
    }
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
