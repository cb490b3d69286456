package dev.roundhouse.devices.uart;

/** The interrupts of a UART: each kind has its own names and rules for them. */
public interface UartInterrupts {
  /** A condition is met, perhaps not for the first time. */
  void begins(UartCondition condition);

  /** It is not met any more, or still not. */
  void ends(UartCondition condition);

  /** Whether an interrupt is asked for. */
  boolean isAsserted();

  /** Whether the program wants interrupts for a condition. */
  boolean isEnabled(UartCondition condition);
}
