package dev.roundhouse.emulator.ports;

/** Plans how far the processor may go on, after it has reached something outside of its RAM. */
public interface AfterAccess {
  /** An access is done: an alarm or an interrupt may be new. */
  void planOn();
}
