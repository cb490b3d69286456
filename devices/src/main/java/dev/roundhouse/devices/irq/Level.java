package dev.roundhouse.devices.irq;

/** The level of an interrupt line: HIGH asks for service. */
public enum Level {
  /** Deasserted. */
  LOW,
  /** Asserted. */
  HIGH;

  /** HIGH for {@code true}: the way from a condition to a line. */
  public static Level of(boolean condition) {
    return condition ? HIGH : LOW;
  }
}
