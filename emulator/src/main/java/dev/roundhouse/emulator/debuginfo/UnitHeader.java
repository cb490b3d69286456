package dev.roundhouse.emulator.debuginfo;

/**
 * A unit of .debug_info or .debug_types: DWARF 5, 7.5.1.
 *
 * @param start where it starts in its section, with the section's base added
 * @param base added to places in its section
 * @param offsetBytes bytes of an offset: 4, or 8 in 64-bit DWARF
 * @param abbreviations where its own begin in .debug_abbrev
 * @param signature by which a unit of a type is referred to
 * @param type where that type is, or {@link Entry#NONE}
 * @param entries its entries
 */
record UnitHeader(
    long start,
    long base,
    int version,
    int offsetBytes,
    long abbreviations,
    long signature,
    long type,
    ByteCursor entries) {
  private static final long DWARF64 = 0xffff_ffffL;
  private static final long FIRST_RESERVED = 0xffff_fff0L;
  private static final int FIRST_VERSION = 4;
  private static final int LAST_VERSION = 5;
  private static final int ADDRESS_SIZE = 8;
  private static final int SKELETON = 4;
  private static final int SPLIT_TYPE = 6;
  private static final int TYPE = 2;

  /** Added to places in .debug_types, so that they are none in .debug_info. */
  static final long TYPES_BASE = 1L << 40;

  /** The next unit of a section. */
  static UnitHeader next(ByteCursor section, long base) throws DebugInfoException {
    long start = base + section.offset();
    int offsetBytes = Integer.BYTES;
    long length = section.unsigned(Integer.BYTES);
    if (length == DWARF64) {
      offsetBytes = Long.BYTES;
      length = section.unsigned(Long.BYTES);
    } else if (length >= FIRST_RESERVED) {
      throw new DebugInfoException("has a unit with a reserved length");
    }
    return of(start, base, offsetBytes, section.part(length));
  }

  private static UnitHeader of(long start, long base, int offsetBytes, ByteCursor unit)
      throws DebugInfoException {
    int version = (int) unit.unsigned(Short.BYTES);
    if (version < FIRST_VERSION || version > LAST_VERSION) {
      throw new DebugInfoException(
          "has DWARF version " + version + ", which is not read; build it with -gdwarf-5");
    }
    long kind = version == LAST_VERSION ? unit.unsigned(1) : base == TYPES_BASE ? TYPE : 0;
    long table = version == LAST_VERSION ? 0 : unit.unsigned(offsetBytes);
    long addressSize = unit.unsigned(1);
    table = version == LAST_VERSION ? unit.unsigned(offsetBytes) : table;
    if (addressSize != ADDRESS_SIZE) {
      throw new DebugInfoException("has addresses of " + addressSize + " bytes");
    }
    long signature = 0;
    long type = Entry.NONE;
    if (kind == SKELETON || kind == SKELETON + 1) {
      unit.skip(Long.BYTES);
    } else if (kind == TYPE || kind == SPLIT_TYPE) {
      signature = unit.unsigned(Long.BYTES);
      type = start + unit.unsigned(offsetBytes);
    }
    return new UnitHeader(start, base, version, offsetBytes, table, signature, type, unit);
  }
}
