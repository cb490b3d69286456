package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.irq.SharedLine;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.trace.Warnings;

/**
 * PACTL_CS, which shows which of the devices that share an interrupt ask for it (BCM2711 ARM
 * Peripherals, 6.2.4, "VideoCore interrupts"): SPI0 to SPI6 in bits 0 to 6, I2C0 to I2C7 in bits 8
 * to 15, UART5 to UART2 in bits 16 to 19 and UART0 in bit 20, as QNX (startup, bcm2711.h) and CS452
 * kernels have them too. Mini UART, SPI1 and SPI2 share AUX's interrupt and are told apart by
 * AUX_IRQ. Bits 23 to 25 choose what asks for DMA.
 */
final class SharedInterrupts {
  /** Bytes of its address range. */
  static final int LENGTH = 0x200;

  /** The bit of SPI0. */
  static final int SPI0 = 0;

  private static final int UART0 = 20;
  private static final int UART2 = 19;
  private static final int FIRST_SMALL_UART = 2;
  private static final int DMA_CHOICE_SHIFT = 23;
  private static final int DMA_CHOICE_BITS = 3;
  private static final Field DMA_CHOICE =
      Field.unmodelled("DMA_CNTRL_MUX", DMA_CHOICE_SHIFT, DMA_CHOICE_BITS);

  private final RegisterTable table;
  private int asserted;
  private int dmaChoice;

  /** Nothing asks. */
  SharedInterrupts(Warnings warnings) {
    table = new RegisterTable("PACTL", LENGTH, warnings);
    table.add(
        Register.of("PACTL_CS", 0, Access.RW)
            .fields(DMA_CHOICE)
            .readBy(() -> asserted | dmaChoice)
            .steady()
            .writtenBy(value -> dmaChoice = value));
  }

  MmioDevice registers() {
    return table;
  }

  /** The bit of a PL011 by its number. */
  static int ofUart(int number) {
    return number == 0 ? UART0 : UART2 - (number - FIRST_SMALL_UART);
  }

  /** Devices that share the interrupt {@code output}. */
  Group group(IrqLine output) {
    return new Group(new SharedLine(output));
  }

  /** Devices that share an interrupt. */
  final class Group {
    private final SharedLine line;

    private Group(SharedLine line) {
      this.line = line;
    }

    /** The interrupt of a device that is shown in a bit. */
    IrqLine input(int bit) {
      IrqLine input = line.input();
      int mask = 1 << bit;
      return level -> {
        asserted = level == Level.HIGH ? asserted | mask : asserted & ~mask;
        input.set(level);
      };
    }
  }
}
