package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.trace.Warnings;

/**
 * Blocks of the BCM2711 that programs are known to touch and that are not modelled: their registers
 * have names, read as after reset, and give a visible warning. Status registers read as idle, so
 * that a program that waits for one goes on.
 */
final class UnmodelledBlocks {
  /** Bytes of each block's address range. */
  static final int LENGTH = 0x200;

  private static final int MINI_UART_IDLE = 0x60;
  private static final int MAILBOX_EMPTY = 0x40000000;
  private static final int WORD_BYTES = 4;
  private static final String[] MINI_UART = {
    "AUX_MU_IO",
    "AUX_MU_IER",
    "AUX_MU_IIR",
    "AUX_MU_LCR",
    "AUX_MU_MCR",
    "AUX_MU_LSR",
    "AUX_MU_MSR",
    "AUX_MU_SCRATCH",
    "AUX_MU_CNTL",
    "AUX_MU_STAT",
    "AUX_MU_BAUD"
  };
  private static final int MINI_UART_START = 0x40;
  private static final String[] SPI = {"CNTL0", "CNTL1", "STAT", "PEEK"};
  private static final int SPI_1 = 0x80;
  private static final int SPI_2 = 0xC0;
  private static final int SPI_DATA = 0x20;
  private static final int SPI_HELD_DATA = 0x30;
  private static final int SPI_DATA_WORDS = 4;

  /** Offset of the mailboxes in their granule, which starts at 0xFE00B800. */
  private static final int MAILBOX_0 = 0x80;

  private static final int MAILBOX_1 = 0xA0;
  private static final int MAILBOX_STATUS = 0x18;

  private UnmodelledBlocks() {}

  /** AUX: mini UART, SPI1 and SPI2 (BCM2711 ARM Peripherals, 2.1). */
  static MmioDevice aux(Warnings warnings) {
    RegisterTable table = new RegisterTable("AUX", LENGTH, warnings);
    table.add(Register.of("AUX_IRQ", 0x00, Access.UNMODELLED));
    table.add(Register.of("AUX_ENABLES", 0x04, Access.UNMODELLED));
    for (int n = 0; n < MINI_UART.length; n++) {
      Register row = Register.of(MINI_UART[n], MINI_UART_START + n * WORD_BYTES, Access.UNMODELLED);
      table.add(MINI_UART[n].equals("AUX_MU_LSR") ? row.reset(MINI_UART_IDLE) : row);
    }
    addSpi(table, SPI_1, "AUX_SPI1_");
    addSpi(table, SPI_2, "AUX_SPI2_");
    return table;
  }

  private static void addSpi(RegisterTable table, int start, String prefix) {
    for (int n = 0; n < SPI.length; n++) {
      table.add(Register.of(prefix + SPI[n], start + n * WORD_BYTES, Access.UNMODELLED));
    }
    for (int n = 0; n < SPI_DATA_WORDS; n++) {
      int at = start + n * WORD_BYTES;
      table.add(Register.of(prefix + "IO", at + SPI_DATA, Access.UNMODELLED).numbered(n));
      table.add(Register.of(prefix + "TXHOLD", at + SPI_HELD_DATA, Access.UNMODELLED).numbered(n));
    }
  }

  /** The VideoCore mailboxes (BCM2711 ARM Peripherals, 13.2). */
  static MmioDevice mailbox(Warnings warnings) {
    RegisterTable table = new RegisterTable("VideoCore mailbox", LENGTH, warnings);
    for (int n = 0; n < 2; n++) {
      int start = n == 0 ? MAILBOX_0 : MAILBOX_1;
      table.add(Register.of("MBOX_RW", start, Access.UNMODELLED).numbered(n));
      table.add(
          Register.of("MBOX_STATUS", start + MAILBOX_STATUS, Access.UNMODELLED)
              .numbered(n)
              .reset(MAILBOX_EMPTY));
    }
    return table;
  }

  /** The GIC's virtualisation extensions (GIC-400 TRM, DDI 0471B, 3.4). */
  static MmioDevice gicVirtualisation(Warnings warnings) {
    return new RegisterTable("GIC virtualisation", LENGTH, warnings);
  }
}
