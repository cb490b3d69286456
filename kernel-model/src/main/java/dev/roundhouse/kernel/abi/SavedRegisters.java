package dev.roundhouse.kernel.abi;

/**
 * The registers of a task that is not running: x0 to x30, sp, pc and pstate, in this order in one
 * array so that they can be moved to and from an engine as a block.
 */
public final class SavedRegisters {
  /** Index of x30, the link register. */
  public static final int LR = 30;

  /** Index of the stack pointer of EL0. */
  public static final int SP = 31;

  /** Index of the program counter. */
  public static final int PC = 32;

  /** Index of the processor state. */
  public static final int PSTATE = 33;

  /** How many registers there are. */
  public static final int COUNT = 34;

  private final long[] values = new long[COUNT];

  /** Registers that are all zero. */
  public SavedRegisters() {}

  /** General register {@code number}, 0 to 30. */
  public long x(int number) {
    return values[number];
  }

  /** Sets general register {@code number}, 0 to 30. */
  public void setX(int number, long value) {
    values[number] = value;
  }

  /** The link register, to which system calls return. */
  public long lr() {
    return values[LR];
  }

  /** The stack pointer. */
  public long sp() {
    return values[SP];
  }

  /** Sets the stack pointer. */
  public void setSp(long value) {
    values[SP] = value;
  }

  /** The program counter. */
  public long pc() {
    return values[PC];
  }

  /** Sets the program counter. */
  public void setPc(long value) {
    values[PC] = value;
  }

  /** The processor state. */
  public long pstate() {
    return values[PSTATE];
  }

  /** Sets the processor state. */
  public void setPstate(long value) {
    values[PSTATE] = value;
  }

  /** The registers themselves, not a copy: for moving them to and from an engine. */
  public long[] array() {
    return values;
  }
}
