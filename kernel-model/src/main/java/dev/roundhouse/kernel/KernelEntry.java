package dev.roundhouse.kernel;

import dev.roundhouse.kernel.report.Fault;

/**
 * Why the kernel is entered. Before, the machine has put registers of the current task into {@link
 * dev.roundhouse.kernel.task.Task#registers}.
 */
public sealed interface KernelEntry {
  /**
   * The task executed {@code svc #number}: x0 to x4, x30, sp and pc (behind the svc) are there.
   *
   * @param number the immediate of the instruction
   */
  record SupervisorCall(int number) implements KernelEntry {}

  /** An interrupt is asserted: all registers are there, pc is the next instruction. */
  record Interrupt() implements KernelEntry {
    /** The one value. */
    public static final Interrupt INSTANCE = new Interrupt();
  }

  /** The task cannot go on: all registers are there, pc is the instruction that failed. */
  record UserFault(Fault fault) implements KernelEntry {}
}
