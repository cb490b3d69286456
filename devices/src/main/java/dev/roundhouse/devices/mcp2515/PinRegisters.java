package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Register;
import java.util.function.IntSupplier;

/**
 * BFPCTRL and TXRTSCTRL (data sheet, registers 4-3 and 3-2), for pins that lead nowhere. TXnRTS are
 * high by their pull-ups (table 1-1), which shows while they are digital inputs.
 */
final class PinRegisters {
  private static final int PINS = 3;
  private static final int BUFFER_FULL_BITS = 6;

  private PinRegisters() {}

  static void addTo(ChipRegisters registers, IntSupplier keptOutsideOfConfiguration) {
    registers.addBitModifiable(Register.of("BFPCTRL", 0x0C, Access.RW).bits(BUFFER_FULL_BITS));
    Register requests = Register.of("TXRTSCTRL", 0x0D, Access.RW).bits(PINS);
    requests
        .keeping(keptOutsideOfConfiguration)
        .readBy(() -> requests.value() | ((~requests.value() & ((1 << PINS) - 1)) << PINS));
    registers.addBitModifiable(requests);
    registers.addConfiguration(requests);
  }
}
