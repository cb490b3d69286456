package dev.roundhouse.emulator.debuginfo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The call frame information of a file, of .eh_frame and .debug_frame: DWARF 5, 6.4.1. */
final class UnwindTable {
  private static final int MOST_FRAMES = 200_000;
  private static final long DWARF64 = 0xffff_ffffL;
  private static final int RELATIVE = 0x10;
  private static final int FORMAT = 0x0f;
  private static final int KIND = 0x70;

  private final ElfSections sections;
  private final List<Frame> frames = new ArrayList<>();

  /**
   * What a function's description shares with others.
   *
   * @param encoding of addresses (Linux Standard Base, exception frames)
   */
  record Common(
      long codeUnit, long dataUnit, int encoding, boolean isAugmented, ByteCursor instructions) {}

  /** A function's description. */
  private record Frame(long start, long bytes, Common common, ByteCursor instructions) {}

  UnwindTable(ElfSections sections) {
    this.sections = sections;
    for (String section : List.of(".eh_frame", ".debug_frame")) {
      try {
        read(section, new HashMap<>());
      } catch (DebugInfoException damaged) {
        // What was read before it is whole.
      }
    }
  }

  /** The rule for an instruction; empty if there is none, or one that is not understood. */
  Optional<CallerRule> at(long address) {
    for (Frame frame : frames) {
      if (Long.compareUnsigned(address - frame.start, frame.bytes) < 0) {
        try {
          return new UnwindProgram(frame.common)
              .run(frame.instructions.copy(), address - frame.start);
        } catch (DebugInfoException damaged) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private void read(String section, Map<Long, Common> commons) throws DebugInfoException {
    boolean isForExceptions = section.equals(".eh_frame");
    ByteCursor at = sections.cursor(section);
    while (at.hasMore() && frames.size() < MOST_FRAMES) {
      long start = at.offset();
      long length = at.unsigned(Integer.BYTES);
      int offsetBytes = length == DWARF64 ? Long.BYTES : Integer.BYTES;
      ByteCursor entry = at.part(length == DWARF64 ? at.unsigned(Long.BYTES) : length);
      if (length == 0) {
        continue;
      }
      long place = entry.offset();
      long id = entry.unsigned(offsetBytes);
      boolean isCommon =
          isForExceptions ? id == 0 : id == (offsetBytes == Long.BYTES ? -1 : DWARF64);
      if (isCommon) {
        commons.put(start, common(entry));
        continue;
      }
      Common common = commons.get(isForExceptions ? place - id : id);
      if (common != null) {
        frame(section, entry, common);
      }
    }
  }

  private static Common common(ByteCursor entry) throws DebugInfoException {
    int version = (int) entry.unsigned(1);
    String augmentation = entry.text();
    entry.skip(version >= 4 ? 2 : 0);
    long codeUnit = entry.uleb();
    long dataUnit = entry.sleb();
    long _ = version == 1 ? entry.unsigned(1) : entry.uleb();
    boolean isAugmented = augmentation.startsWith("z");
    int encoding = 0;
    if (isAugmented) {
      ByteCursor data = entry.part(entry.uleb());
      encoding = encoding(augmentation, data);
    } else if (!augmentation.isEmpty()) {
      throw new DebugInfoException("has frames of an unknown kind");
    }
    return new Common(codeUnit, dataUnit, encoding, isAugmented, entry);
  }

  private static int encoding(String augmentation, ByteCursor data) throws DebugInfoException {
    for (char what : augmentation.substring(1).toCharArray()) {
      switch (what) {
        case 'R' -> {
          return (int) data.unsigned(1);
        }
        case 'L' -> data.skip(1);
        case 'P' -> data.skip(bytes((int) data.unsigned(1)));
        default -> {}
      }
    }
    return 0;
  }

  private void frame(String section, ByteCursor entry, Common common) throws DebugInfoException {
    boolean isRelative = (common.encoding & KIND) == RELATIVE;
    long base = isRelative ? sections.address(section) + entry.offset() : 0;
    long start = base + number(entry, common.encoding);
    long bytes = number(entry, common.encoding & ~8);
    entry.skip(common.isAugmented ? entry.uleb() : 0);
    if (sections.isCode(start)) {
      frames.add(new Frame(start, bytes, common, entry));
    }
  }

  private static long number(ByteCursor at, int encoding) throws DebugInfoException {
    int bytes = bytes(encoding);
    long value = at.unsigned(bytes);
    int unused = Long.SIZE - bytes * Byte.SIZE;
    return (encoding & 8) == 0 ? value : value << unused >> unused;
  }

  private static int bytes(int encoding) throws DebugInfoException {
    return switch (encoding & FORMAT) {
      case 0x00, 0x04, 0x08, 0x0c -> Long.BYTES;
      case 0x02, 0x0a -> Short.BYTES;
      case 0x03, 0x0b -> Integer.BYTES;
      default -> throw new DebugInfoException("has frames with addresses of an unknown form");
    };
  }
}
