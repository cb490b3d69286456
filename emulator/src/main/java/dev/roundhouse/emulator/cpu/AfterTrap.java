package dev.roundhouse.emulator.cpu;

/** What the processor does when a trap has been handled. */
public enum AfterTrap {
  /** Go on with the registers as the handler left them. */
  RESUME,
  /** Return from {@link Cpu#run}. */
  LEAVE
}
