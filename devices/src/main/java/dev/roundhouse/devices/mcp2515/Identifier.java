package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.can.CanFrame.Format;

/**
 * An identifier as it lies in four registers of the chip: SIDH, SIDL, EID8, EID0 (data sheet,
 * registers 3-3 to 3-6).
 *
 * @param standard its first 11 bits
 * @param extension the other 18
 */
record Identifier(Format format, int standard, int extension) {
  /** EXIDE in filters and transmit buffers, IDE in receive buffers. */
  static final int EXTENDED_BIT = 1 << 3;

  /** The bits of SIDL that there are. */
  static final int SIDL_BITS = 0xEB;

  /** How many registers it takes. */
  static final int BYTES = 4;

  private static final int SIDH_SHIFT = 3;
  private static final int SIDL_SHIFT = 5;
  private static final int HIGH_MASK = 3;
  private static final int BYTE_MASK = 0xFF;
  private static final int EXTENSION_BITS = 18;
  private static final int EXTENSION_MASK = (1 << EXTENSION_BITS) - 1;

  static Identifier of(int high, int low, int eid8, int eid0) {
    return new Identifier(
        (low & EXTENDED_BIT) != 0 ? Format.EXTENDED : Format.STANDARD,
        high << SIDH_SHIFT | low >>> SIDL_SHIFT,
        (low & HIGH_MASK) << (2 * Byte.SIZE) | eid8 << Byte.SIZE | eid0);
  }

  /** The identifier of a frame. */
  static Identifier of(Format format, int id) {
    return format == Format.EXTENDED
        ? new Identifier(format, id >>> EXTENSION_BITS, id & EXTENSION_MASK)
        : new Identifier(format, id, 0);
  }

  /** As a frame has it. */
  int id() {
    return format == Format.EXTENDED ? standard << EXTENSION_BITS | extension : standard;
  }

  int high() {
    return standard >>> SIDH_SHIFT;
  }

  int low() {
    int extended = format == Format.EXTENDED ? EXTENDED_BIT : 0;
    return ((standard << SIDL_SHIFT) & BYTE_MASK) | extended | extension >>> (2 * Byte.SIZE);
  }

  int eid8() {
    return extension >>> Byte.SIZE & BYTE_MASK;
  }

  int eid0() {
    return extension & BYTE_MASK;
  }
}
