package dev.roundhouse.emulator.machine;

/** Plans how far the processor may go on, after it has reached something outside of its RAM. */
interface AfterAccess {
  /** An access is done: an alarm or an interrupt may be new. */
  void planOn();
}
