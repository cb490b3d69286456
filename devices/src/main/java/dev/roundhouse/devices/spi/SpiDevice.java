package dev.roundhouse.devices.spi;

/** A device on an SPI bus that speaks in bytes, highest bit first, while it is selected. */
public interface SpiDevice {
  /** Chip select is asserted: a transaction begins. */
  void selected();

  /** What it sends while the next byte comes. */
  int out();

  /** A byte has come. */
  void in(int value);

  /** Chip select is released: the transaction is over, and a byte that was not whole is none. */
  default void deselected() {}
}
