package dev.roundhouse.emulator.cpu;

/**
 * Watches how code at EL0 enters a booted kernel, and how the kernel goes back to EL0. Called on
 * the thread that called {@link SystemCpu#run}. It must change nothing.
 *
 * <p>An interrupt that waits while the kernel goes back, and is taken before the first instruction
 * at EL0, is not seen: the kernel has not been left.
 */
public interface KernelBoundary {
  /**
   * Code at EL0 took an exception; all that it has executed is counted.
   *
   * @param syndrome as ESR has it: {@code svc #n} is one of several
   */
  void entered(int syndrome, UserRegisters user);

  /** Code at EL0 was interrupted. */
  void interrupted(UserRegisters user);

  /**
   * Code at EL0 goes on.
   *
   * @param blockInstructions that are counted already, though none of them has been executed
   */
  void left(UserRegisters user, int blockInstructions);
}
