package dev.roundhouse.kernel.board;

import dev.roundhouse.devices.bus.Bus;

/**
 * The kernel's use of the GPIO pins (lib/libbase/rpi_gpio.c, 9d49562; registers: BCM2711 ARM
 * Peripherals, 5.2).
 */
public final class GpioDriver {
  /** Pins that have registers: two words of 32. */
  public static final int PINS = 64;

  private static final int GPFSEL = 0x00;
  private static final int GPLEV = 0x34;
  private static final int GPEDS = 0x40;
  private static final int GPREN = 0x4C;
  private static final int GPFEN = 0x58;
  private static final int PULL = 0xE4;
  private static final int WORD = Integer.BYTES;
  private static final long WORD_MASK = 0xFFFF_FFFFL;
  private static final Bank FUNCTION = new Bank(GPFSEL, 10, 3);
  private static final Bank RESISTOR = new Bank(PULL, 16, 2);

  private final Bus bus;
  private final long base;

  /** A function of a pin that the kernel selects. */
  public enum Function {
    /** Input. */
    INPUT(0),
    /** Alternate function 4. */
    ALTERNATE_4(3);

    private final int code;

    Function(int code) {
      this.code = code;
    }
  }

  /** A resistor at a pin. */
  public enum Resistor {
    /** None. */
    NONE(0),
    /** To ground. */
    PULL_DOWN(2);

    private final int code;

    Resistor(int code) {
      this.code = code;
    }
  }

  /** Registers that hold {@code bits} bits for each of {@code pinsPerWord} pins. */
  private record Bank(int start, int pinsPerWord, int bits) {}

  /** Drives the GPIO of {@code devices}. */
  public GpioDriver(DrivenDevices devices) {
    bus = devices.bus();
    base = devices.addresses().gpio();
  }

  /** Sets the function and resistor of a pin (setup_gpio). */
  public void configure(int pin, Function function, Resistor resistor) {
    setField(FUNCTION, pin, function.code);
    setField(RESISTOR, pin, resistor.code);
  }

  /** Detects edges of both directions at a pin (gpio_set_edge_trigger). */
  public void detectEdges(int pin) {
    setBit(GPREN, pin);
    setBit(GPFEN, pin);
  }

  /** The levels of all pins, pin 0 in bit 0 (gpio_read). */
  public long levels() {
    return readPair(base + GPLEV);
  }

  /** Takes the detected edges of pins 0 to 31 and clears them. */
  public long takeEdges() {
    long edges = bus.read(base + GPEDS, WORD);
    bus.write(base + GPEDS, WORD, edges);
    return edges;
  }

  private long readPair(long register) {
    return (bus.read(register + WORD, WORD) << Integer.SIZE)
        | (bus.read(register, WORD) & WORD_MASK);
  }

  private void setField(Bank bank, int pin, int value) {
    long register = base + bank.start + (long) WORD * (pin / bank.pinsPerWord);
    int shift = pin % bank.pinsPerWord * bank.bits;
    long mask = ((1L << bank.bits) - 1) << shift;
    bus.write(register, WORD, (bus.read(register, WORD) & ~mask) | ((long) value << shift));
  }

  private void setBit(int bank, int pin) {
    long register = base + bank + (long) WORD * (pin / Integer.SIZE);
    bus.write(register, WORD, bus.read(register, WORD) | (1L << (pin % Integer.SIZE)));
  }
}
