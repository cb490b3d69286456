package dev.roundhouse.emulator.debuginfo;

import dev.roundhouse.emulator.debuginfo.AttributeReader.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The functions of a unit. They are read when they are first asked for. */
final class CodeUnit {
  private static final int LINES = 0x10;
  private static final int NAME = 0x03;
  private static final int FOLDER = 0x1b;

  private final ElfSections sections;
  private final UnitHeader header;
  private final EntryWalk walk;
  private final AttributeReader attributes;
  private final ReadingLimits limits;
  private final Map<Integer, Value> first;
  private final RangeList.Reader ranges;
  private final RangeList range;
  private final List<CodeEntry> functions = new ArrayList<>();
  private final Map<Long, CodeEntry> byOffset = new HashMap<>();
  private Optional<LineTable> lines = Optional.empty();
  private boolean isRead;

  CodeUnit(ElfSections sections, UnitHeader header, EntryWalk walk, ReadingLimits limits)
      throws DebugInfoException {
    this.sections = sections;
    this.header = header;
    this.walk = walk;
    this.limits = limits;
    attributes = new AttributeReader(sections, limits, header);
    first = walk.first(header, attributes);
    ranges = new RangeList.Reader(sections, header, attributes, first);
    range = ranges.of(first);
  }

  /** Where it starts in .debug_info. */
  long start() {
    return header.start();
  }

  /** Whether an address may be in its code. Not every compiler says which addresses it has. */
  boolean mayContain(long address) {
    return range.isEmpty() ? first.containsKey(LINES) : range.contains(address);
  }

  /** The lines of its code. */
  Optional<LineTable> lines() throws DebugInfoException {
    Value place = first.get(LINES);
    if (lines.isEmpty() && place != null) {
      var unit = new LineTable.Unit(text(FOLDER), text(NAME));
      lines = Optional.of(new LineTable(sections, limits, place.number(), unit));
    }
    return lines;
  }

  private String text(int attribute) throws DebugInfoException {
    Value value = first.get(attribute);
    return value == null ? "" : attributes.text(value);
  }

  /** The function that has an address and, from outside to inside, what was inlined there. */
  List<CodeEntry> path(long address) throws DebugInfoException {
    read();
    List<CodeEntry> path = new ArrayList<>();
    List<CodeEntry> inside = functions;
    while (!inside.isEmpty()) {
      Optional<CodeEntry> next =
          inside.stream().filter(entry -> entry.ranges.contains(address)).findFirst();
      next.ifPresent(path::add);
      inside = next.map(entry -> entry.inlined).orElse(List.of());
    }
    return path;
  }

  /** The entry at a place in .debug_info. */
  Optional<CodeEntry> at(long offset) throws DebugInfoException {
    read();
    return Optional.ofNullable(byOffset.get(offset));
  }

  private void read() throws DebugInfoException {
    if (!isRead) {
      isRead = true;
      walk.over(header, attributes, new Functions());
    }
  }

  /** Keeps functions; between them and what is inlined may be blocks, which have no name. */
  private final class Functions implements EntryWalk.Maker<CodeEntry> {
    private final Map<Integer, Value> present = new LinkedHashMap<>();

    @Override
    public CodeEntry begin(Tag tag, @Nullable CodeEntry parent) {
      present.clear();
      return new CodeEntry(tag, parent == null ? "" : scope(parent));
    }

    private static String scope(CodeEntry parent) {
      boolean isNamed =
          (parent.tag == Tag.NAMESPACE || parent.tag.isRecord()) && !parent.name.isEmpty();
      return isNamed ? parent.qualifiedName() : parent.scope;
    }

    @Override
    public void take(CodeEntry entry, int attribute, Value value) {
      if (entry.tag.isCode() || entry.tag == Tag.NAMESPACE || entry.tag.isRecord()) {
        present.put(attribute, value);
      }
    }

    @Override
    public CodeEntry end(CodeEntry entry, long offset, @Nullable CodeEntry parent)
        throws DebugInfoException {
      entry.take(present, attributes);
      if (!entry.tag.isCode()) {
        return entry.tag == Tag.OTHER && parent != null && parent.tag.isCode() ? parent : entry;
      }
      limits.kept();
      entry.ranges = ranges.of(present);
      byOffset.put(offset, entry);
      if (entry.tag == Tag.INLINED && parent != null) {
        parent.inlined.add(entry);
      } else if (!entry.ranges.isEmpty()) {
        functions.add(entry);
      }
      return entry;
    }
  }
}
