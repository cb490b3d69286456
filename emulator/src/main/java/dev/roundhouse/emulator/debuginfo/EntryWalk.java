package dev.roundhouse.emulator.debuginfo;

import dev.roundhouse.emulator.debuginfo.Abbreviations.Attribute;
import dev.roundhouse.emulator.debuginfo.Abbreviations.Shape;
import dev.roundhouse.emulator.debuginfo.AttributeReader.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes over the entries of units, which are trees in preorder: DWARF 5, 2.3 and 7.5.2. */
final class EntryWalk {
  private static final int DEEPEST = 256;

  private final ElfSections sections;
  private final ReadingLimits limits;
  private final Map<Long, Abbreviations> tables = new LinkedHashMap<>();

  EntryWalk(ElfSections sections, ReadingLimits limits) {
    this.sections = sections;
    this.limits = limits;
  }

  /** Makes something of entries. */
  interface Maker<E> {
    /** An entry begins; {@code parent} is the one around it. */
    E begin(Tag tag, @Nullable E parent) throws DebugInfoException;

    /** It has an attribute. */
    void take(E entry, int attribute, Value value) throws DebugInfoException;

    /**
     * It has no more attributes.
     *
     * @param offset of the entry in .debug_info
     * @return what the entries inside it have for a parent
     */
    E end(E entry, long offset, @Nullable E parent) throws DebugInfoException;
  }

  /** Goes over the entries of a unit. */
  <E> void over(UnitHeader unit, AttributeReader attributes, Maker<E> maker)
      throws DebugInfoException {
    Abbreviations abbreviations = abbreviations(unit);
    Deque<E> around = new ArrayDeque<>();
    ByteCursor at = unit.entries().copy();
    while (at.hasMore()) {
      long offset = unit.base() + at.offset();
      long code = at.uleb();
      if (code == 0) {
        around.poll();
        continue;
      }
      limits.entry();
      Shape shape = abbreviations.shape(code);
      E entry = maker.begin(shape.tag(), around.peek());
      for (Attribute attribute : shape.attributes()) {
        maker.take(entry, attribute.name(), attributes.read(attribute, at));
      }
      E parent = maker.end(entry, offset, around.peek());
      if (shape.hasChildren()) {
        around.push(parent);
        if (around.size() > DEEPEST) {
          throw new DebugInfoException("nests debugging entries deeper than " + DEEPEST);
        }
      }
    }
  }

  /** The attributes of a unit's first entry, which is about the whole unit. */
  Map<Integer, Value> first(UnitHeader unit, AttributeReader attributes) throws DebugInfoException {
    Map<Integer, Value> first = new LinkedHashMap<>();
    ByteCursor at = unit.entries().copy();
    for (Attribute attribute : abbreviations(unit).shape(at.uleb()).attributes()) {
      first.put(attribute.name(), attributes.read(attribute, at));
    }
    return first;
  }

  private Abbreviations abbreviations(UnitHeader unit) throws DebugInfoException {
    Abbreviations known = tables.get(unit.abbreviations());
    if (known != null) {
      return known;
    }
    ByteCursor place = sections.cursor(".debug_abbrev").from(unit.abbreviations());
    Abbreviations read = new Abbreviations(place);
    limits.abbreviations(place.offset() - (int) unit.abbreviations());
    tables.put(unit.abbreviations(), read);
    return read;
  }
}
