package dev.roundhouse.emulator.debuginfo;

import dev.roundhouse.emulator.debuginfo.AttributeReader.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the entries of all units of .debug_info that matter for layouts. */
final class UnitReader {
  /**
   * DWARF 5, table 7.5, and its forerunner in GCC's DWARF 4: the rest of the unit is in this file.
   */
  private static final Set<Integer> SPLIT_NAMES = Set.of(0x76, 0x2130);

  private final ElfSections sections;
  private final Map<Long, Entry> entries = new LinkedHashMap<>();

  /** Where the types are that units refer to by signature. */
  private final Map<Long, Long> signatures = new LinkedHashMap<>();

  private final ReadingLimits limits = new ReadingLimits();
  private final EntryWalk walk;

  private boolean isSplit;

  private UnitReader(ElfSections sections) {
    this.sections = sections;
    walk = new EntryWalk(sections, limits);
  }

  /** Everything in the file that matters for layouts. */
  static DebugInfo.Contents read(ElfSections sections) throws DebugInfoException {
    UnitReader reader = new UnitReader(sections);
    if (!sections.cursor(".debug_info").hasMore()) {
      throw new DebugInfoException("has no debug information; build it with -g");
    }
    reader.readUnits(sections.cursor(".debug_info"), 0);
    reader.readUnits(sections.cursor(".debug_types"), UnitHeader.TYPES_BASE);
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
      UnitHeader unit = UnitHeader.next(section, base);
      if (unit.type() != Entry.NONE) {
        signatures.put(unit.signature(), unit.type());
      }
      AttributeReader attributes = new AttributeReader(sections, limits, unit);
      walk.over(unit, attributes, new Types(attributes));
    }
  }

  private final class Types implements EntryWalk.Maker<Entry> {
    private final AttributeReader attributes;

    Types(AttributeReader attributes) {
      this.attributes = attributes;
    }

    @Override
    public Entry begin(Tag tag, @Nullable Entry parent) {
      Entry entry = new Entry(tag, scope(parent));
      entry.isInsideRecord = parent != null && parent.tag.isRecord();
      return entry;
    }

    @Override
    public void take(Entry entry, int attribute, Value value) throws DebugInfoException {
      isSplit |= SPLIT_NAMES.contains(attribute);
      entry.take(attribute, value, attributes);
    }

    /**
     * Members of the variants of a Rust enum count as the enum's own, for that is where they lie.
     */
    @Override
    public Entry end(Entry entry, long offset, @Nullable Entry parent) throws DebugInfoException {
      keep(offset, entry, parent);
      return entry.tag.isVariant() && parent != null ? parent : entry;
    }
  }

  private static String scope(@Nullable Entry parent) {
    if (parent == null) {
      return "";
    }
    boolean isNamed = parent.tag == Tag.NAMESPACE || parent.tag.isRecord();
    return isNamed ? parent.qualifiedName() : parent.scope;
  }

  private void keep(long offset, Entry entry, @Nullable Entry parent) throws DebugInfoException {
    if (entry.tag == Tag.OTHER || entry.tag.isCode()) {
      return;
    }
    limits.kept();
    if (entry.tag.isVariant()) {
      return;
    }
    if (entry.tag == Tag.MEMBER || entry.tag == Tag.SUBRANGE) {
      if (parent != null) {
        parent.parts.add(entry);
      }
    } else if (entry.tag != Tag.NAMESPACE) {
      entries.put(offset, entry);
    }
  }
}
