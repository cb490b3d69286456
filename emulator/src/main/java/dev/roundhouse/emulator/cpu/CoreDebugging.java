package dev.roundhouse.emulator.cpu;

import java.util.Set;

/** What a debugger asks of a {@link SystemCpu}, while that does not run. */
public interface CoreDebugging {
  /**
   * Tells {@link Traps#mayHalt} each time that one of these instructions, by their virtual
   * addresses, is about to be executed, and of no others; others are as fast as without.
   */
  void haltAt(Set<Long> addresses);

  /** Sets x0 to x30, sp in use, pc and the condition flags of pstate, in this order. */
  void setRegisters(long[] values);

  /** Forgets translations of code at these physical addresses, which has been written. */
  void forgetCode(long physical, int bytes);
}
