package dev.roundhouse.devices.spi;

/** A device on an SPI bus that speaks in bytes, highest bit first, while it is selected. */
interface SpiDevice {
  /** Chip select is asserted: a transaction begins. */
  void selected();

  /** What it sends while the next byte comes. */
  int out();

  /** A byte has come. */
  void in(int value);
}
