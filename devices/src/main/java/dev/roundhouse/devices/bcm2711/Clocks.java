package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.register.RegisterTable;

/** The clock generators of the clock manager (BCM2711 ARM Peripherals, 5.4). */
final class Clocks {
  /** Bytes of its address range. */
  static final int LENGTH = 0x200;

  private static final int GP0 = 0x70;
  private static final int GP1 = 0x78;
  private static final int GP2 = 0x80;
  private static final int PCM = 0x98;
  private static final int PWM = 0xA0;

  private final RegisterTable table;
  private final ClockGenerator pwm;

  Clocks(BoardServices board) {
    table = new RegisterTable("clock manager", LENGTH, board.warnings());
    add("CM_GP0", GP0, board);
    add("CM_GP1", GP1, board);
    add("CM_GP2", GP2, board);
    add("CM_PCM", PCM, board);
    pwm = add("CM_PWM", PWM, board);
  }

  private ClockGenerator add(String name, int offset, BoardServices board) {
    ClockGenerator generator = new ClockGenerator(name, board);
    generator.addTo(table, offset);
    return generator;
  }

  /** Its registers. */
  MmioDevice registers() {
    return table;
  }

  /** The clock of both PWMs. */
  ClockGenerator pwm() {
    return pwm;
  }
}
