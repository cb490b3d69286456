package dev.roundhouse.devices.clock;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.register.RegisterTable;

/** The clock generators of the clock manager (BCM2711 ARM Peripherals, 5.4). */
public final class Clocks {
  /** Bytes of its address range. */
  public static final int LENGTH = 0x200;

  private static final int GP0 = 0x70;
  private static final int GP1 = 0x78;
  private static final int GP2 = 0x80;
  private static final int PCM = 0x98;
  private static final int PWM = 0xA0;

  private final RegisterTable table;
  private final ClockGenerator pwm;

  /** A clock manager with all generators stopped. */
  public Clocks(BoardServices board) {
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

  public MmioDevice registers() {
    return table;
  }

  /** The clock of both PWMs. */
  public ClockGenerator pwm() {
    return pwm;
  }
}
