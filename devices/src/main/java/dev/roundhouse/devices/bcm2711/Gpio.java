package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.trace.Warnings;

/**
 * The 58 GPIO pins (BCM2711 ARM Peripherals, 5.2): function select, set, clear, level and pulls.
 * Nothing is connected: an output reads as it is driven, any other pin as its pull drives it.
 *
 * <p>Not modelled, with a visible warning when they are switched on: edge and level detection. The
 * choice of a UART's pins has no effect on the UART.
 */
final class Gpio {
  /** Bytes of its address range. */
  static final int LENGTH = 0x200;

  private static final int PINS = 58;
  private static final int BANKS = 2;
  private static final int GPFSEL = 0x00;
  private static final int FUNCTION_WORDS = 6;
  private static final int PINS_PER_FUNCTION_WORD = 10;
  private static final int FUNCTION_BITS = 3;
  private static final int FUNCTION_MASK = 7;
  private static final int OUTPUT = 1;
  private static final int GPSET = 0x1C;
  private static final int GPCLR = 0x28;
  private static final int GPLEV = 0x34;
  private static final int GPEDS = 0x40;
  private static final int PULL = 0xE4;
  private static final int PULL_UP = 1;
  private static final int PULL_MASK = 3;
  private static final int PINS_PER_PULL_WORD = 16;
  private static final int WORD_BYTES = 4;
  private static final int[] PULLS_AFTER_RESET = {0xAAA95555, 0xA0AAAAAA, 0x50AAA95F, 0x00055555};
  private static final String[] DETECTION = {
    "GPREN", "GPFEN", "GPHEN", "GPLEN", "GPAREN", "GPAFEN"
  };
  private static final int FIRST_DETECTION = 0x4C;
  private static final int DETECTION_BYTES = 0xC;

  private final RegisterTable table;
  private final Register[] functions = new Register[FUNCTION_WORDS];
  private final Register[] pulls = new Register[PULLS_AFTER_RESET.length];
  private final int[] outputs = new int[BANKS];

  Gpio(Warnings warnings) {
    table = new RegisterTable("GPIO", LENGTH, warnings);
    for (int n = 0; n < FUNCTION_WORDS; n++) {
      functions[n] =
          table.add(Register.of("GPFSEL", GPFSEL + n * WORD_BYTES, Access.RW).numbered(n));
    }
    for (int n = 0; n < pulls.length; n++) {
      pulls[n] =
          table.add(
              Register.of("GPIO_PUP_PDN_CNTRL_REG", PULL + n * WORD_BYTES, Access.RW)
                  .numbered(n)
                  .reset(PULLS_AFTER_RESET[n]));
    }
    for (int bank = 0; bank < BANKS; bank++) {
      addBank(bank, bank * WORD_BYTES);
    }
  }

  private void addBank(int bank, int at) {
    table.add(row("GPSET", GPSET + at, Access.WO, bank).writtenBy(bits -> outputs[bank] |= bits));
    table.add(row("GPCLR", GPCLR + at, Access.WO, bank).writtenBy(bits -> outputs[bank] &= ~bits));
    table.add(row("GPLEV", GPLEV + at, Access.RO, bank).readBy(() -> levels(bank)));
    table.add(row("GPEDS", GPEDS + at, Access.W1C, bank));
    for (int n = 0; n < DETECTION.length; n++) {
      table.add(
          row(DETECTION[n], FIRST_DETECTION + n * DETECTION_BYTES + at, Access.RW, bank)
              .fields(Field.unmodelled("DETECT", 0, Integer.SIZE)));
    }
  }

  private static Register row(String name, int offset, Access access, int bank) {
    return Register.of(name, offset, access).numbered(bank);
  }

  /** Its registers. */
  MmioDevice registers() {
    return table;
  }

  private int levels(int bank) {
    int levels = 0;
    int first = bank * Integer.SIZE;
    for (int pin = first; pin < Math.min(first + Integer.SIZE, PINS); pin++) {
      boolean high =
          function(pin) == OUTPUT
              ? (outputs[bank] >>> (pin - first) & 1) != 0
              : pull(pin) == PULL_UP;
      levels |= high ? 1 << (pin - first) : 0;
    }
    return levels;
  }

  private int function(int pin) {
    int shift = pin % PINS_PER_FUNCTION_WORD * FUNCTION_BITS;
    return functions[pin / PINS_PER_FUNCTION_WORD].value() >>> shift & FUNCTION_MASK;
  }

  private int pull(int pin) {
    int shift = pin % PINS_PER_PULL_WORD * 2;
    return pulls[pin / PINS_PER_PULL_WORD].value() >>> shift & PULL_MASK;
  }
}
