package dev.roundhouse.kernel.abi;

/**
 * What the kernel's own work costs in virtual time.
 *
 * @param kernelEntryNanos one system call or interrupt
 * @param printSpins turns of the delay loop at the end of {@code print_raw}
 *     (kernel/src/syscall_handler.c, k_print_raw)
 * @param nanosPerSpin one turn: {@code yield}, {@code subs} and {@code b.ne} at one nanosecond each
 */
public record Timings(long kernelEntryNanos, int printSpins, long nanosPerSpin) {
  /** What the delay loop costs in all. */
  public long printDelayNanos() {
    return printSpins * nanosPerSpin;
  }
}
