package dev.roundhouse.devices.pmu;

import dev.roundhouse.devices.pmu.PerformanceMonitor.Direction;

/**
 * Who may use the performance monitors: EL0 as PMUSERENR_EL0 says, EL0 and EL1 unless MDCR_EL2.TPM
 * traps them (Arm Architecture Reference Manual for A-profile, D19.5.20, D19.3.15). What is closed
 * traps, by the core.
 */
final class PmuAccess {
  private static final int HYPERVISOR = 2;

  /** TPM. */
  private static final long TRAPPED = 1 << 6;

  /** PMUSERENR_EL0: EN, SW, CR, ER. */
  private static final long ALL = 1;

  private static final long SOFTWARE_INCREMENT = 1 << 1;
  private static final long CYCLES = 1 << 2;
  private static final long EVENTS = 1 << 3;

  private long user;
  private long hypervisor;

  void setUser(long value) {
    user = value;
  }

  void setHypervisor(long value) {
    hypervisor = value;
  }

  static boolean isOther(int key) {
    return key == PmuRegister.PMCR_EL0
        || (key > PmuRegister.PMCR_EL0 && key <= PmuRegister.PMCEID1_EL0)
        || (key >= PmuRegister.PMCCNTR_EL0 && key <= PmuRegister.PMXEVCNTR_EL0)
        || key == PmuRegister.PMUSERENR_EL0
        || key == PmuRegister.PMOVSSET_EL0
        || key == PmuRegister.PMINTENSET_EL1
        || key == PmuRegister.PMINTENCLR_EL1
        || key == PmuRegister.MDCR_EL2;
  }

  boolean isOpen(int key, int level, Direction direction) {
    boolean isTrapped = level < HYPERVISOR && (hypervisor & TRAPPED) != 0;
    return !isTrapped && (level > 0 || (user & (ALL | way(key, direction))) != 0);
  }

  /** The bit of PMUSERENR_EL0 that opens a register for an access. */
  private static long way(int key, Direction direction) {
    boolean isRead = direction == Direction.READ;
    if (key == PmuRegister.PMSELR_EL0) {
      return EVENTS;
    }
    if (key == PmuRegister.PMSWINC_EL0) {
      return isRead ? 0 : SOFTWARE_INCREMENT;
    }
    if (key == PmuRegister.PMCCNTR_EL0) {
      return isRead ? CYCLES : 0;
    }
    boolean isEvent = key == PmuRegister.PMXEVCNTR_EL0 || PmuRegister.isCounter(key);
    return isEvent && isRead ? EVENTS : 0;
  }
}
