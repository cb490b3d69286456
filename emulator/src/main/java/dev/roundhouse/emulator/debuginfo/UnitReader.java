package dev.roundhouse.emulator.debuginfo;

import dev.roundhouse.emulator.debuginfo.Abbreviations.Attribute;
import dev.roundhouse.emulator.debuginfo.Abbreviations.Shape;
import dev.roundhouse.emulator.debuginfo.Entry.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the entries of all units of .debug_info. */
final class UnitReader {
  private static final int DEEPEST = 256;
  private static final int MOST_ENTRIES = 4_000_000;
  private static final int MOST_KEPT = 300_000;
  private static final int MOST_TEXT = 16 << 20;
  private static final int MOST_ABBREVIATION_BYTES = 64 << 20;
  private static final long DWARF64 = 0xffff_ffffL;
  private static final long FIRST_RESERVED = 0xffff_fff0L;
  private static final int STRING_OFFSETS_BASE = 0x72;
  private static final int FIRST_VERSION = 4;
  private static final int LAST_VERSION = 5;
  private static final int ADDRESS_SIZE = 8;
  private static final int SKELETON = 4;
  private static final int SPLIT_TYPE = 6;
  private static final int TYPE = 2;

  /**
   * DWARF 5, table 7.5, and its forerunner in GCC's DWARF 4: the rest of the unit is in this file.
   */
  private static final Set<Integer> SPLIT_NAMES = Set.of(0x76, 0x2130);

  /** Added to places in .debug_types, so that they are none in .debug_info. */
  private static final long TYPES_BASE = 1L << 40;

  private final ElfSections sections;
  private final Map<Long, Entry> entries = new LinkedHashMap<>();
  private final Map<Long, Abbreviations> tables = new LinkedHashMap<>();

  /** Where the types are that units refer to by signature. */
  private final Map<Long, Long> signatures = new LinkedHashMap<>();

  /** Bytes of an offset in the present unit: 4, or 8 in 64-bit DWARF. */
  private int offsetBytes = Integer.BYTES;

  /** Where the present unit's offsets of names begin. */
  private long stringOffsets = Entry.NONE;

  private int read;
  private int kept;
  private int textRead;
  private int abbreviationBytes;

  private boolean isSplit;

  private UnitReader(ElfSections sections) {
    this.sections = sections;
  }

  /** Everything in the file that matters for layouts. */
  static DebugInfo.Contents read(ElfSections sections) throws DebugInfoException {
    UnitReader reader = new UnitReader(sections);
    if (!sections.cursor(".debug_info").hasMore()) {
      throw new DebugInfoException("has no debug information; build it with -g");
    }
    reader.readUnits(sections.cursor(".debug_info"), 0);
    reader.readUnits(sections.cursor(".debug_types"), TYPES_BASE);
    for (Map.Entry<Long, Long> signature : reader.signatures.entrySet()) {
      Entry type = reader.entries.get(signature.getValue());
      if (type != null) {
        reader.entries.putIfAbsent(signature.getKey(), type);
      }
    }
    return new DebugInfo.Contents(reader.entries, reader.isSplit);
  }

  private void readUnits(ByteCursor section, long base) throws DebugInfoException {
    while (section.hasMore()) {
      long start = base + section.offset();
      long length = section.unsigned(Integer.BYTES);
      boolean isLong = length == DWARF64;
      if (!isLong && length >= FIRST_RESERVED) {
        throw new DebugInfoException("has a unit with a reserved length");
      }
      offsetBytes = isLong ? Long.BYTES : Integer.BYTES;
      stringOffsets = Entry.NONE;
      readUnit(start, section.part(isLong ? section.unsigned(Long.BYTES) : length));
    }
  }

  private void readUnit(long start, ByteCursor unit) throws DebugInfoException {
    long version = unit.unsigned(Short.BYTES);
    if (version < FIRST_VERSION || version > LAST_VERSION) {
      throw new DebugInfoException(
          "has DWARF version " + version + ", which is not read; build it with -gdwarf-5");
    }
    long kind = version == LAST_VERSION ? unit.unsigned(1) : 0;
    long table = version == LAST_VERSION ? 0 : unit.unsigned(offsetBytes);
    long addressSize = unit.unsigned(1);
    table = version == LAST_VERSION ? unit.unsigned(offsetBytes) : table;
    if (addressSize != ADDRESS_SIZE) {
      throw new DebugInfoException("has addresses of " + addressSize + " bytes");
    }
    readRestOfHeader(start >= TYPES_BASE ? TYPE : kind, start, unit);
    Abbreviations abbreviations = tables.get(table);
    if (abbreviations == null) {
      ByteCursor place = sections.cursor(".debug_abbrev").from(table);
      abbreviations = new Abbreviations(place);
      abbreviationBytes =
          limited(abbreviationBytes + place.offset() - (int) table, MOST_ABBREVIATION_BYTES);
      tables.put(table, abbreviations);
    }
    readEntries(start, unit, abbreviations);
  }

  /** DWARF 5, 7.5.1.2 and 7.5.1.3. */
  private void readRestOfHeader(long kind, long start, ByteCursor unit) throws DebugInfoException {
    if (kind == SKELETON || kind == SKELETON + 1) {
      unit.skip(Long.BYTES);
    } else if (kind == TYPE || kind == SPLIT_TYPE) {
      long signature = unit.unsigned(Long.BYTES);
      signatures.put(signature, start + unit.unsigned(offsetBytes));
    }
  }

  private void readEntries(long start, ByteCursor unit, Abbreviations abbreviations)
      throws DebugInfoException {
    Deque<Entry> around = new ArrayDeque<>();
    long base = start >= TYPES_BASE ? TYPES_BASE : 0;
    while (unit.hasMore()) {
      long offset = base + unit.offset();
      long code = unit.uleb();
      if (code == 0) {
        around.poll();
        continue;
      }
      read = limited(read + 1, MOST_ENTRIES);
      Shape shape = abbreviations.shape(code);
      Entry entry = new Entry(shape.tag(), scope(around.peek()));
      entry.isInsideRecord = isRecord(around.peek());
      for (Attribute attribute : shape.attributes()) {
        Value value = value(attribute, attribute.form(), start, unit);
        if (attribute.name() == STRING_OFFSETS_BASE) {
          stringOffsets = value.number();
        }
        isSplit |= SPLIT_NAMES.contains(attribute.name());
        entry.take(attribute.name(), value);
      }
      keep(offset, entry, around.peek());
      if (shape.hasChildren()) {
        around.push(entry.tag.isVariant() ? enclosing(around, entry) : entry);
        if (around.size() > DEEPEST) {
          throw new DebugInfoException("nests debugging entries deeper than " + DEEPEST);
        }
      }
    }
  }

  /** Members of the variants of a Rust enum count as the enum's own, for that is where they lie. */
  private static Entry enclosing(Deque<Entry> around, Entry variant) {
    Entry record = around.peek();
    return record == null ? variant : record;
  }

  private static int limited(int amount, int most) throws DebugInfoException {
    if (amount > most) {
      throw new DebugInfoException("has more debug information than can be read");
    }
    return amount;
  }

  private static boolean isRecord(@Nullable Entry parent) {
    return parent != null && parent.tag.isRecord();
  }

  private static String scope(@Nullable Entry parent) {
    if (parent == null) {
      return "";
    }
    boolean isNamed = parent.tag == Tag.NAMESPACE || parent.tag.isRecord();
    return isNamed ? parent.qualifiedName() : parent.scope;
  }

  private void keep(long offset, Entry entry, @Nullable Entry parent) throws DebugInfoException {
    if (entry.tag != Tag.OTHER) {
      kept = limited(kept + 1, MOST_KEPT);
    }
    if (entry.tag.isVariant()) {
      return;
    }
    if (entry.tag == Tag.MEMBER || entry.tag == Tag.SUBRANGE) {
      if (parent != null) {
        parent.parts.add(entry);
      }
    } else if (entry.tag != Tag.OTHER && entry.tag != Tag.NAMESPACE) {
      entries.put(offset, entry);
    }
  }

  /** DWARF 5, 7.5.5 and 7.5.6; references become offsets from the start of .debug_info. */
  private Value value(Attribute attribute, int form, long start, ByteCursor unit)
      throws DebugInfoException {
    return switch (form) {
      case 0x08 -> text(unit);
      case 0x0e -> text(".debug_str", unit);
      case 0x1f -> text(".debug_line_str", unit);
      case 0x0d -> Value.of(unit.sleb());
      case 0x0b, 0x0c -> Value.of(unit.unsigned(1));
      case 0x05 -> Value.of(unit.unsigned(Short.BYTES));
      case 0x10, 0x17, 0x1d -> Value.of(unit.unsigned(offsetBytes));
      case 0x06, 0x1c -> Value.of(unit.unsigned(Integer.BYTES));
      case 0x07, 0x01, 0x20, 0x24 -> Value.of(unit.unsigned(Long.BYTES));
      case 0x1a -> indexedText(unit.uleb());
      case 0x0f, 0x1b, 0x22, 0x23 -> Value.of(unit.uleb());
      case 0x11 -> Value.of(start + unit.unsigned(1));
      case 0x12 -> Value.of(start + unit.unsigned(Short.BYTES));
      case 0x13 -> Value.of(start + unit.unsigned(Integer.BYTES));
      case 0x14 -> Value.of(start + unit.unsigned(Long.BYTES));
      case 0x15 -> Value.of(start + unit.uleb());
      case 0x19 -> Value.of(1);
      case 0x21 -> Value.of(attribute.implicit());
      case 0x25, 0x26, 0x27, 0x28 -> indexedText(unit.unsigned(form - 0x24));
      case 0x29, 0x2a, 0x2b, 0x2c -> Value.of(unit.unsigned(form - 0x28));
      default -> block(form, unit);
    };
  }

  private static Value block(int form, ByteCursor unit) throws DebugInfoException {
    long length =
        switch (form) {
          case 0x03 -> unit.unsigned(Short.BYTES);
          case 0x04 -> unit.unsigned(Integer.BYTES);
          case 0x09, 0x18 -> unit.uleb();
          case 0x0a -> unit.unsigned(1);
          case 0x1e -> 2 * Long.BYTES;
          default ->
              throw new DebugInfoException(
                  ".debug_info has an attribute of form 0x"
                      + Integer.toHexString(form)
                      + ", which is not read");
        };
    unit.skip(length);
    return Value.of(Entry.NONE);
  }

  private Value text(String section, ByteCursor unit) throws DebugInfoException {
    return text(sections.cursor(section).from(unit.unsigned(offsetBytes)));
  }

  /** DWARF 5, 7.26. The unit's own name may come before it says where its offsets begin. */
  private Value indexedText(long index) throws DebugInfoException {
    if (stringOffsets == Entry.NONE) {
      return new Value(0, "");
    }
    if (index < 0 || index > Integer.MAX_VALUE || stringOffsets > Integer.MAX_VALUE) {
      throw new DebugInfoException(".debug_info has a name at an impossible index");
    }
    ByteCursor place =
        sections.cursor(".debug_str_offsets").from(stringOffsets + index * offsetBytes);
    return text(".debug_str", place);
  }

  private Value text(ByteCursor place) throws DebugInfoException {
    String text = place.text();
    textRead = limited(textRead + text.length(), MOST_TEXT);
    return new Value(0, text);
  }
}
