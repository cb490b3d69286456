package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.trace.Warnings;

/**
 * The identification registers of a PL011 r1p5 (PL011 TRM, DDI 0183, 3.3.15 and 3.3.16). They lie
 * 0xFE0 behind UART0's first register, that is behind all five UARTs, which are 0x200 apart.
 */
public final class Pl011Identification {
  /** Offset of the granule with these registers from UART0. */
  public static final int OFFSET = 0xE00;

  /** Bytes of its address range. */
  public static final int LENGTH = 0x200;

  private static final int PERIPH_ID = 0x1E0;
  private static final int WORD_BYTES = 4;
  private static final int[] VALUES = {0x11, 0x10, 0x34, 0x00, 0x0D, 0xF0, 0x05, 0xB1};

  private Pl011Identification() {}

  /** The registers, all read only. */
  public static MmioDevice registers(Warnings warnings) {
    RegisterTable table = new RegisterTable("UART identification", LENGTH, warnings);
    for (int n = 0; n < VALUES.length; n++) {
      table.add(
          Register.of("ID", PERIPH_ID + n * WORD_BYTES, Access.RO).numbered(n).reset(VALUES[n]));
    }
    return table;
  }
}
