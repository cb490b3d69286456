package dev.roundhouse.emulator.cpu;

/** The registers of code at EL0, as they are when it enters or leaves a kernel. */
public interface UserRegisters {
  /** General register {@code number}, 0 to 30. */
  long general(int number);

  /** SP_EL0. */
  long sp();

  /** The next instruction at EL0. */
  long pc();
}
