package dev.roundhouse.emulator.cpu;

/** What a {@link SystemCpu} asks of the machine around it. */
public interface SystemTraps extends Traps {
  /**
   * Whether an event stream of the timer has sent an event since this was last asked: it has set
   * the event register, at which code is about to look by {@code wfe}.
   */
  boolean takeEvent();

  /** Code is about to execute {@code wfe}, and the event register is clear. */
  AfterTrap waitForEvent();

  /**
   * Code executed {@code hlt #0xf000}, which asks a debugger for a service (Arm Semihosting for
   * AArch32 and AArch64, 2.0); pc is behind it.
   *
   * @param operation w0
   * @param parameter x1
   */
  AfterTrap semihosting(int operation, long parameter);

  /** Code at {@code pc} does what the chip does not do as it is done here; told once of each pc. */
  void misused(long pc, String what);

  /** The core cannot go on: what happened, in a few words. */
  AfterTrap lost(String what);
}
