package dev.roundhouse.kernel.loader;

import dev.roundhouse.devices.bus.AddressRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a file's code is, which a program has no reason to write to: its segments that may be
 * executed and not be written, and of those that may be both the sections that have instructions
 * (System V ABI, sh_flags, SHF_EXECINSTR).
 */
final class CodeRanges {
  private static final int SECTION_BYTES = 64;
  private static final int FLAGS = 8;
  private static final int ADDRESS = 16;
  private static final int BYTES = 32;
  private static final int INSTRUCTIONS = 4;

  private CodeRanges() {}

  static List<AddressRange> of(ElfBytes file, ElfHeader header, List<Segment> segments) {
    List<AddressRange> found = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.isCode() && segment.memoryBytes() > 0) {
        found.add(new AddressRange(segment.address(), segment.memoryBytes()));
      } else if (segment.isCodeAndData()) {
        addSections(file, header, segment, found);
      }
    }
    return List.copyOf(found);
  }

  private static void addSections(
      ElfBytes file, ElfHeader header, Segment segment, List<AddressRange> found) {
    long start = header.sectionHeaders();
    long bytes = (long) header.sectionHeaderCount() * SECTION_BYTES;
    if (header.sectionHeaderBytes() != SECTION_BYTES || !file.contains(start, bytes)) {
      return;
    }
    for (int at = (int) start; at < start + bytes; at += SECTION_BYTES) {
      long length = file.longAt(at + BYTES);
      boolean isCode = (file.longAt(at + FLAGS) & INSTRUCTIONS) != 0;
      if (isCode && length > 0 && segment.contains(file.longAt(at + ADDRESS), length)) {
        found.add(new AddressRange(file.longAt(at + ADDRESS), length));
      }
    }
  }
}
