package dev.roundhouse.emulator.setup;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.machine.Guest;
import java.util.List;

/** Where a file of the host may be put in the place of RAM. */
public final class GuestMemory {
  /** RAM below and behind the kernel's page pool (AbiProfile, MemoryLayout). */
  private static final List<AddressRange> BESIDE_THE_POOL =
      List.of(
          new AddressRange(0x0020_0000, 0x3FE0_0000), new AddressRange(0x7E00_0000, 0x0200_0000));

  private GuestMemory() {}

  /** RAM that is the guest's own business. */
  public static List<AddressRange> free(Guest guest) {
    return switch (guest) {
      case Guest.Programs _ -> BESIDE_THE_POOL;
      case Guest.Kernel kernel -> List.of(new AddressRange(0, kernel.ramBytes()));
    };
  }
}
