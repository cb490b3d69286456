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

  private static final int GICD_CTLR = 0x000;
  private static final int GICD_ISENABLER = 0x100;
  private static final int GICD_ITARGETSR = 0x800;
  private static final int GICC_CTLR = 0x00;
  private static final int GICC_IAR = 0x0C;
  private static final int GICC_EOIR = 0x10;
  private static final int GICC_HPPIR = 0x18;
  private static final int WORD = Integer.BYTES;
  private static final int ID_MASK = 0x3FF;
  private static final int CORE_0 = 1;

  private final Bus bus;
  private final long distributor;
  private final long cpuInterface;

  /** Drives the GIC of {@code devices}. */
  public GicDriver(DrivenDevices devices) {
    bus = devices.bus();
    distributor = devices.addresses().interruptDistributor();
    cpuInterface = devices.addresses().interruptCpuInterface();
  }

  /** Enables the kernel's interrupts for core 0, as k_gic_enable does. */
  public void enable(InterruptIds ids) {
    List<Integer> served = List.of(ids.timer(), ids.uart(), ids.gpio());
    for (int id : served) {
      long register = distributor + GICD_ISENABLER + (long) WORD * (id / Integer.SIZE);
      bus.write(register, WORD, bus.read(register, WORD) | 1L << (id % Integer.SIZE));
    }
    for (int id : served) {
      long target = distributor + GICD_ITARGETSR + id;
      bus.write(target, Byte.BYTES, bus.read(target, Byte.BYTES) | CORE_0);
    }
    bus.write(distributor + GICD_CTLR, WORD, 1);
    bus.write(cpuInterface + GICC_CTLR, WORD, 1);
  }

  /** Acknowledges the most urgent interrupt; {@link #NONE} if there is none. */
  public int acknowledge() {
    return (int) bus.read(cpuInterface + GICC_IAR, WORD) & ID_MASK;
  }

  /** Ends an interrupt. */
  public void end(int id) {
    bus.write(cpuInterface + GICC_EOIR, WORD, id);
  }

  /** Whether an interrupt waits for core 0, without acknowledging it. */
  public boolean isPending() {
    return ((int) bus.read(cpuInterface + GICC_HPPIR, WORD) & ID_MASK) < NONE - 1;
  }
}
