package dev.roundhouse.emulator.cpu;

/** The generic timer's registers, which the core reads and writes by MRS and MSR. */
public interface CoreTimer {
  /** Answer of {@link #read} for a register that the timer has not. */
  long NOT_HERE = Long.MIN_VALUE;

  /**
   * Reads a register.
   *
   * @param register the fields op0, op1, CRn, CRm, op2 as {@link #key} packs them
   * @return its value, or {@link #NOT_HERE}
   */
  long read(int register);

  /**
   * Writes a register.
   *
   * @return whether the timer has it
   */
  boolean write(int register, long value);

  /** Packs the fields that name a system register with CRn = 14. */
  static int key(int op1, int crm, int op2) {
    return (op1 << 8) | (crm << 4) | op2;
  }
}
