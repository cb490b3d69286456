package dev.roundhouse.emulator.cpu;

import dev.roundhouse.kernel.report.Fault;

/** What a {@link Cpu} at EL0 asks of the machine around it. */
public interface UserTraps extends Traps {
  /**
   * Code executed {@code svc #immediate}; pc is behind it. All instructions up to and including the
   * svc are counted.
   */
  AfterTrap supervisorCall(int immediate);

  /** Code could not go on; pc is the instruction that failed. */
  AfterTrap fault(Fault fault);

  /**
   * Code executed {@code hlt #0xf000}, which asks a debugger for a service (Arm Semihosting for
   * AArch32 and AArch64, 2.0); pc is at that instruction.
   */
  AfterTrap semihosting();
}
