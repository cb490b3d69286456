package dev.roundhouse.emulator.debuginfo;

import dev.roundhouse.emulator.debuginfo.AttributeReader.Value;
import java.util.Arrays;
import java.util.Map;

/** The addresses of a unit, function or inlined part: DWARF 5, 2.17. */
final class RangeList {
  /** No addresses. */
  static final RangeList EMPTY = new RangeList(new long[0], 0);

  private static final int LOW = 0x11;
  private static final int HIGH = 0x12;
  private static final int RANGES = 0x55;
  private static final int MOST = 10_000;
  private static final int FIRST_LISTS = 5;

  private final long[] bounds;
  private final int length;

  private RangeList(long[] bounds, int length) {
    this.bounds = bounds;
    this.length = length;
  }

  /** Whether there are no addresses. */
  boolean isEmpty() {
    return length == 0;
  }

  /** Whether an address is one of them. */
  boolean contains(long address) {
    for (int i = 0; i < length; i += 2) {
      if (address >= bounds[i] && address < bounds[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** Reads the lists of a unit. */
  static final class Reader {
    private final ElfSections sections;
    private final UnitHeader unit;
    private final AttributeReader attributes;

    /** To which offsets in lists are added. */
    private final long base;

    /** Where the unit's table of lists begins. */
    private final long table;

    private long[] found = new long[2];
    private int length;

    Reader(
        ElfSections sections,
        UnitHeader unit,
        AttributeReader attributes,
        Map<Integer, Value> first)
        throws DebugInfoException {
      this.sections = sections;
      this.unit = unit;
      this.attributes = attributes;
      Value low = first.get(LOW);
      base = low == null ? 0 : attributes.address(low);
      Value lists = first.get(0x74);
      table = lists == null ? 0 : lists.number();
    }

    /** The addresses that an entry has, by its attributes. */
    RangeList of(Map<Integer, Value> entry) throws DebugInfoException {
      Value ranges = entry.get(RANGES);
      Value low = entry.get(LOW);
      Value high = entry.get(HIGH);
      found = new long[2];
      length = 0;
      if (ranges != null) {
        list(ranges);
      } else if (low != null && high != null) {
        long start = attributes.address(low);
        add(start, high.isAddress() ? attributes.address(high) : start + high.number());
      }
      return length == 0 ? EMPTY : new RangeList(found, length);
    }

    private void list(Value ranges) throws DebugInfoException {
      if (unit.version() < FIRST_LISTS) {
        pairs(sections.cursor(".debug_ranges").from(ranges.number()));
        return;
      }
      long place = ranges.number();
      if (ranges.isRangesIndex()) {
        int bytes = unit.offsetBytes();
        if (place < 0 || place > Integer.MAX_VALUE || table > Integer.MAX_VALUE) {
          throw new DebugInfoException(".debug_rnglists has nothing at an impossible index");
        }
        ByteCursor lists = sections.cursor(".debug_rnglists");
        place = table + lists.from(table + place * bytes).unsigned(bytes);
      }
      rows(sections.cursor(".debug_rnglists").from(place));
    }

    /** DWARF 4, 2.17.3. */
    private void pairs(ByteCursor at) throws DebugInfoException {
      long from = base;
      while (true) {
        long start = at.unsigned(Long.BYTES);
        long end = at.unsigned(Long.BYTES);
        if (start == 0 && end == 0) {
          return;
        }
        if (start == -1) {
          from = end;
        } else {
          add(from + start, from + end);
        }
      }
    }

    /** DWARF 5, 2.17.3 and 7.25. */
    private void rows(ByteCursor at) throws DebugInfoException {
      long from = base;
      while (true) {
        int kind = (int) at.unsigned(1);
        switch (kind) {
          case 0 -> {
            return;
          }
          case 1 -> from = attributes.indexedAddress(at.uleb());
          case 2 -> add(attributes.indexedAddress(at.uleb()), attributes.indexedAddress(at.uleb()));
          case 3 -> {
            long start = attributes.indexedAddress(at.uleb());
            add(start, start + at.uleb());
          }
          case 4 -> add(from + at.uleb(), from + at.uleb());
          case 5 -> from = at.unsigned(Long.BYTES);
          case 6 -> add(at.unsigned(Long.BYTES), at.unsigned(Long.BYTES));
          case 7 -> {
            long start = at.unsigned(Long.BYTES);
            add(start, start + at.uleb());
          }
          default -> throw new DebugInfoException(".debug_rnglists has a range of kind " + kind);
        }
      }
    }

    /** Code that the linker dropped stays behind at addresses at which there is none. */
    private void add(long start, long end) throws DebugInfoException {
      if (start >= end || !sections.isCode(start)) {
        return;
      }
      if (length >= 2 * MOST) {
        throw new DebugInfoException("has more ranges of addresses than can be read");
      }
      found = length == found.length ? Arrays.copyOf(found, 2 * length) : found;
      found[length++] = start;
      found[length++] = end;
    }
  }
}
