package dev.roundhouse.devices.irq;

/** The receiving end of a level-sensitive interrupt line. */
@FunctionalInterface
public interface IrqLine {
  /** Drives the line; driving it to the level it has changes nothing. */
  void set(Level level);
}
