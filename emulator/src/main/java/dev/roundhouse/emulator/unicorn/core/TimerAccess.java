package dev.roundhouse.emulator.unicorn.core;

import dev.roundhouse.emulator.cpu.CoreTimer;
import java.util.OptionalLong;

/**
 * The generic timer's registers where the exception level may use them: EL0 as CNTKCTL_EL1 says,
 * EL0 and EL1 as CNTHCTL_EL2 says (Arm Architecture Reference Manual for A-profile, D12.2; D19.12.2
 * and D19.12.10). Elsewhere the engine takes the exception.
 */
public final class TimerAccess {
  private static final int HYPERVISOR = 2;
  private static final int KERNEL_CONTROL = CoreTimer.key(0, 1, 0);
  private static final int HYPERVISOR_CONTROL = CoreTimer.key(4, 1, 0);
  private static final int PHYSICAL_COUNT = CoreTimer.key(3, 0, 1);
  private static final int VIRTUAL_COUNT = CoreTimer.key(3, 0, 2);
  private static final int PHYSICAL = CoreTimer.key(3, 2, 0);
  private static final int VIRTUAL = CoreTimer.key(3, 3, 0);
  private static final int REGISTER_MASK = 0xf;

  /** CNTKCTL_EL1: EL0PCTEN, EL0VCTEN, EL0VTEN, EL0PTEN. */
  private static final long EL0_PHYSICAL_COUNT = 1;

  private static final long EL0_VIRTUAL_COUNT = 1 << 1;
  private static final long EL0_VIRTUAL_TIMER = 1 << 8;
  private static final long EL0_PHYSICAL_TIMER = 1 << 9;

  /** CNTHCTL_EL2: EL1PCTEN, EL1PCEN; both are set at start. */
  private static final long EL1_PHYSICAL_COUNT = 1;

  private static final long EL1_PHYSICAL_TIMER = 1 << 1;

  private final CoreTimer timer;
  private long kernel;
  private long hypervisor = EL1_PHYSICAL_COUNT | EL1_PHYSICAL_TIMER;

  public TimerAccess(CoreTimer timer) {
    this.timer = timer;
  }

  /** Reads a register; nothing when the engine must answer. */
  public OptionalLong read(int register, int level) {
    long value = isOpen(register, level) ? timer.read(register) : CoreTimer.NOT_HERE;
    return value == CoreTimer.NOT_HERE ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** Writes a register; whether that is all. */
  public boolean write(int register, long value, int level) {
    if (register == KERNEL_CONTROL) {
      kernel = value;
    } else if (register == HYPERVISOR_CONTROL) {
      hypervisor = value;
    }
    return isOpen(register, level) && timer.write(register, value);
  }

  private boolean isOpen(int register, int level) {
    boolean isOpenToEl0 = level > 0 || has(kernel, kernelBit(register));
    return isOpenToEl0 && (level >= HYPERVISOR || has(hypervisor, hypervisorBit(register)));
  }

  private static boolean has(long control, long bit) {
    return (control & bit) == bit;
  }

  private static long kernelBit(int register) {
    if (register == PHYSICAL_COUNT) {
      return EL0_PHYSICAL_COUNT;
    }
    if (register == VIRTUAL_COUNT) {
      return EL0_VIRTUAL_COUNT;
    }
    int group = register & ~REGISTER_MASK;
    if (group == PHYSICAL) {
      return EL0_PHYSICAL_TIMER;
    }
    return group == VIRTUAL ? EL0_VIRTUAL_TIMER : 0;
  }

  private static long hypervisorBit(int register) {
    if (register == PHYSICAL_COUNT) {
      return EL1_PHYSICAL_COUNT;
    }
    return (register & ~REGISTER_MASK) == PHYSICAL ? EL1_PHYSICAL_TIMER : 0;
  }
}
