package dev.roundhouse.kernel.board;

import dev.roundhouse.devices.bus.Bus;
import dev.roundhouse.kernel.abi.InterruptIds;
import java.util.List;

/**
 * The kernel's use of the GIC-400 (kernel/src/interrupt.c, 9d49562; registers: Arm GIC Architecture
 * Specification IHI 0048B, 4.3 and 4.4).
 */
public final class GicDriver {
  /** What an acknowledge gives when no interrupt is pending. */
  public static final int NONE = 1023;

  private static final long DISTRIBUTOR = 0xFF84_1000L;
  private static final long CPU_INTERFACE = 0xFF84_2000L;
  private static final long GICD_CTLR = DISTRIBUTOR;
  private static final long GICD_ISENABLER = DISTRIBUTOR + 0x100;
  private static final long GICD_ITARGETSR = DISTRIBUTOR + 0x800;
  private static final long GICC_CTLR = CPU_INTERFACE;
  private static final long GICC_IAR = CPU_INTERFACE + 0xC;
  private static final long GICC_EOIR = CPU_INTERFACE + 0x10;
  private static final long GICC_HPPIR = CPU_INTERFACE + 0x18;
  private static final int WORD = Integer.BYTES;
  private static final int ID_MASK = 0x3FF;
  private static final int CORE_0 = 1;

  private final Bus bus;

  /** Drives the GIC on {@code bus}. */
  public GicDriver(Bus bus) {
    this.bus = bus;
  }

  /** Enables the kernel's interrupts for core 0, as k_gic_enable does. */
  public void enable(InterruptIds ids) {
    List<Integer> served = List.of(ids.timer(), ids.uart(), ids.gpio());
    for (int id : served) {
      long register = GICD_ISENABLER + (long) WORD * (id / Integer.SIZE);
      bus.write(register, WORD, bus.read(register, WORD) | 1L << (id % Integer.SIZE));
    }
    for (int id : served) {
      long target = GICD_ITARGETSR + id;
      bus.write(target, Byte.BYTES, bus.read(target, Byte.BYTES) | CORE_0);
    }
    bus.write(GICD_CTLR, WORD, 1);
    bus.write(GICC_CTLR, WORD, 1);
  }

  /** Acknowledges the most urgent interrupt; {@link #NONE} if there is none. */
  public int acknowledge() {
    return (int) bus.read(GICC_IAR, WORD) & ID_MASK;
  }

  /** Ends an interrupt. */
  public void end(int id) {
    bus.write(GICC_EOIR, WORD, id);
  }

  /** Whether an interrupt waits for core 0, without acknowledging it. */
  public boolean isPending() {
    return ((int) bus.read(GICC_HPPIR, WORD) & ID_MASK) < NONE - 1;
  }
}
