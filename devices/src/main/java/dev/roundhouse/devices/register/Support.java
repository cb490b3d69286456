package dev.roundhouse.devices.register;

/** Whether a field does what the manual says. */
public enum Support {
  /** It does. */
  MODELLED,
  /** It is stored without effect, and setting it is a visible warning. */
  UNMODELLED
}
