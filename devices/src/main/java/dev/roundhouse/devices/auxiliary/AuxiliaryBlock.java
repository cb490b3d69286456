package dev.roundhouse.devices.auxiliary;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.NarrowWrite;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;

/**
 * The auxiliary block: mini UART, SPI1 and SPI2, their enables and the interrupt that they share
 * (BCM2711 ARM Peripherals, 2.1). The registers of a unit that is not enabled read as 0 and take no
 * writes; the first use is a visible warning.
 */
public final class AuxiliaryBlock {
  /** Bytes of its address range. */
  public static final int LENGTH = 0x200;

  private static final int IRQ = 0x00;
  private static final int ENABLES = 0x04;
  private static final int UNITS = 3;

  /** A unit, by its bit in both registers. */
  public static final int MINI_UART = 0;

  /** SPI1, by its bit. */
  public static final int SPI1 = 1;

  /** SPI2, by its bit. */
  public static final int SPI2 = 2;

  private final BoardServices board;
  private final RegisterTable table;
  private final Register enables;
  private final IrqLine line;
  private int asserted;
  private int warned;

  /** A block with nothing in it yet. */
  public AuxiliaryBlock(BoardServices board, IrqLine line) {
    this.board = board;
    this.line = line;
    table = new RegisterTable("AUX", LENGTH, board.warnings());
    table.add(Register.of("AUX_IRQ", IRQ, Access.RO).readBy(() -> asserted));
    enables = table.add(Register.of("AUX_ENABLES", ENABLES, Access.RW).bits(UNITS));
  }

  public MmioDevice registers() {
    return table;
  }

  /** The interrupt of a unit. */
  public IrqLine line(int unit) {
    return level -> {
      int bit = 1 << unit;
      asserted = level == Level.HIGH ? asserted | bit : asserted & ~bit;
      line.set(Level.of(asserted != 0));
    };
  }

  /** Adds the registers of a unit. */
  public void add(int unit, Register... registers) {
    for (Register register : registers) {
      table.add(
          register
              .narrowWrites(NarrowWrite.ZEROES_THE_REST)
              .enabledBy(() -> isOn(unit, register.name())));
    }
  }

  private boolean isOn(int unit, String register) {
    boolean isOn = (enables.value() >>> unit & 1) != 0;
    if (!isOn && (warned >>> unit & 1) == 0) {
      warned |= 1 << unit;
      board
          .warnings()
          .warn("AUX", register + ": reads as 0, for its unit is not enabled in AUX_ENABLES");
    }
    return isOn;
  }
}
