package dev.roundhouse.emulator.debuginfo;

import dev.roundhouse.emulator.debuginfo.Abbreviations.Attribute;

/** Reads the attributes of a unit's entries: DWARF 5, 7.5.5 and 7.5.6. */
final class AttributeReader {
  private static final int STRING_OFFSETS_BASE = 0x72;
  private static final int ADDRESS_BASE = 0x73;

  private final ElfSections sections;
  private final ReadingLimits limits;
  private final UnitHeader unit;

  /** Where the unit's offsets of names begin. */
  private long stringOffsets = Entry.NONE;

  /** Where the unit's addresses begin. */
  private long addresses = Entry.NONE;

  AttributeReader(ElfSections sections, ReadingLimits limits, UnitHeader unit) {
    this.sections = sections;
    this.limits = limits;
    this.unit = unit;
  }

  /**
   * An attribute's value as it stands there.
   *
   * @param number of references, the offset in .debug_info; of texts, where or the how manieth it
   *     is; {@link Entry#NONE} for blocks
   */
  record Value(int form, long number) {
    /** Whether it is the how manieth of the unit's addresses. */
    boolean isAddressIndex() {
      return form == 0x1b || (form >= 0x29 && form <= 0x2c);
    }

    /** Whether it is an address, or the how manieth of the unit's. */
    boolean isAddress() {
      return form == 0x01 || isAddressIndex();
    }

    /** Whether it is the how manieth of the unit's lists of ranges. */
    boolean isRangesIndex() {
      return form == 0x23;
    }
  }

  /**
   * Reads the value of an attribute, and where the unit's tables begin, as soon as that is said.
   */
  Value read(Attribute attribute, ByteCursor at) throws DebugInfoException {
    int form = attribute.form();
    Value value = new Value(form, number(attribute, form, at));
    if (attribute.name() == STRING_OFFSETS_BASE) {
      stringOffsets = value.number;
    } else if (attribute.name() == ADDRESS_BASE) {
      addresses = value.number;
    }
    return value;
  }

  private long number(Attribute attribute, int form, ByteCursor at) throws DebugInfoException {
    return switch (form) {
      case 0x08 -> {
        long place = at.offset();
        at.skipText();
        yield place;
      }
      case 0x0d -> at.sleb();
      case 0x0b, 0x0c, 0x25, 0x29 -> at.unsigned(1);
      case 0x05, 0x26, 0x2a -> at.unsigned(Short.BYTES);
      case 0x27, 0x2b -> at.unsigned(3);
      case 0x06, 0x1c, 0x28, 0x2c -> at.unsigned(Integer.BYTES);
      case 0x07, 0x01, 0x20, 0x24 -> at.unsigned(Long.BYTES);
      case 0x0e, 0x10, 0x17, 0x1d, 0x1f -> at.unsigned(unit.offsetBytes());
      case 0x0f, 0x1a, 0x1b, 0x22, 0x23 -> at.uleb();
      case 0x11 -> unit.start() + at.unsigned(1);
      case 0x12 -> unit.start() + at.unsigned(Short.BYTES);
      case 0x13 -> unit.start() + at.unsigned(Integer.BYTES);
      case 0x14 -> unit.start() + at.unsigned(Long.BYTES);
      case 0x15 -> unit.start() + at.uleb();
      case 0x19 -> 1;
      case 0x21 -> attribute.implicit();
      default -> block(form, at);
    };
  }

  private static long block(int form, ByteCursor at) throws DebugInfoException {
    long length =
        switch (form) {
          case 0x03 -> at.unsigned(Short.BYTES);
          case 0x04 -> at.unsigned(Integer.BYTES);
          case 0x09, 0x18 -> at.uleb();
          case 0x0a -> at.unsigned(1);
          case 0x1e -> 2 * Long.BYTES;
          default ->
              throw new DebugInfoException(
                  ".debug_info has an attribute of form 0x"
                      + Integer.toHexString(form)
                      + ", which is not read");
        };
    at.skip(length);
    return Entry.NONE;
  }

  /** The text that a value names; empty if it names none. */
  String text(Value value) throws DebugInfoException {
    return switch (value.form) {
      case 0x08 -> text(unit.entries().from(value.number));
      case 0x0e -> text(sections.cursor(".debug_str").from(value.number));
      case 0x1f -> text(sections.cursor(".debug_line_str").from(value.number));
      case 0x1a, 0x25, 0x26, 0x27, 0x28 -> indexedText(value.number);
      default -> "";
    };
  }

  /** DWARF 5, 7.26. The unit's own name may come before it says where its offsets begin. */
  private String indexedText(long index) throws DebugInfoException {
    if (stringOffsets == Entry.NONE) {
      return "";
    }
    ByteCursor place = indexed(".debug_str_offsets", stringOffsets, index, unit.offsetBytes());
    return text(sections.cursor(".debug_str").from(place.unsigned(unit.offsetBytes())));
  }

  private String text(ByteCursor place) throws DebugInfoException {
    String text = place.text();
    limits.text(text.length());
    return text;
  }

  /** The address that a value is or names: DWARF 5, 7.27. */
  long address(Value value) throws DebugInfoException {
    return value.isAddressIndex() ? indexedAddress(value.number) : value.number;
  }

  /** The how manieth of the unit's addresses. */
  long indexedAddress(long index) throws DebugInfoException {
    return indexed(".debug_addr", Math.max(addresses, 0), index, Long.BYTES).unsigned(Long.BYTES);
  }

  private ByteCursor indexed(String section, long base, long index, int bytes)
      throws DebugInfoException {
    if (index < 0 || index > Integer.MAX_VALUE || base > Integer.MAX_VALUE) {
      throw new DebugInfoException(section + " has nothing at an impossible index");
    }
    return sections.cursor(section).from(base + index * bytes);
  }
}
