package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.NarrowWrite;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.trace.Warnings;
import java.util.function.IntConsumer;

/**
 * A device that no Raspberry Pi has, at the start of device space, where the chip has nothing: a
 * test that writes 0x7E570000 + CODE to its one register ends the run with that exit code, 0 to
 * 255. For tests without the instruction {@code hlt}. Reads give 0x7E570000, so that a program can
 * tell whether it is there; other writes do nothing.
 */
public final class TestExit {
  /** Bytes of its address range. */
  static final int LENGTH = 0x200;

  private static final int KEY = 0x7E57_0000;
  private static final int CODE = 0xFF;

  private final RegisterTable table;
  private IntConsumer whoEnds = code -> {};

  TestExit(Warnings warnings) {
    table = new RegisterTable("test exit", LENGTH, warnings);
    table.add(
        Register.of("EXIT", 0, Access.RW)
            .narrowWrites(NarrowWrite.ZEROES_THE_REST)
            .readBy(() -> KEY)
            .writtenBy(this::write));
  }

  MmioDevice registers() {
    return table;
  }

  /** Has {@code action} end the run with a code of 0 to 255. */
  public void whenAsked(IntConsumer action) {
    whoEnds = action;
  }

  private void write(int value) {
    if ((value & ~CODE) == KEY) {
      whoEnds.accept(value & CODE);
    }
  }
}
