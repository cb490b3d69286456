package dev.roundhouse.cli.elf;

import java.util.Map;
import java.util.TreeMap;

/** Counts the relocations of a file by type, as far as its dynamic section leads to them. */
final class RelocationCount {
  private static final int PHOFF = 32;
  private static final int PHNUM = 56;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int PH_OFFSET = 8;
  private static final int PH_ADDRESS = 16;
  private static final int PH_FILE_BYTES = 32;
  private static final int PT_LOAD = 1;
  private static final int PT_DYNAMIC = 2;
  private static final int ENTRY_BYTES = 16;
  private static final int RELA_BYTES = 24;
  private static final int RELA_TYPE = 8;
  private static final int DT_PLTRELSZ = 2;
  private static final int DT_RELA = 7;
  private static final int DT_RELASZ = 8;
  private static final int DT_JMPREL = 23;
  private static final int MOST_HEADERS = 1024;

  /** A damaged table has a type for each of its entries. */
  private static final int MOST_TYPES = 24;

  private static final String OTHERS = "of still other types";

  private final FileBytes file;
  private final Map<String, Integer> counts = new TreeMap<>();

  RelocationCount(FileBytes file) {
    this.file = file;
  }

  /** How many there are of each type, by its name. */
  Map<String, Integer> byType() {
    for (int i = 0; i < headers(); i++) {
      long header = header(i);
      if (file.intAt(header) == PT_DYNAMIC) {
        countIn(file.longAt(header + PH_OFFSET), file.longAt(header + PH_FILE_BYTES));
      }
    }
    return counts;
  }

  private int headers() {
    return Math.min(file.shortAt(PHNUM), MOST_HEADERS);
  }

  private long header(int index) {
    return file.longAt(PHOFF) + (long) index * PROGRAM_HEADER_BYTES;
  }

  private void countIn(long offset, long bytes) {
    if (!file.holds(offset, bytes)) {
      return;
    }
    count(tag(offset, bytes, DT_RELA), tag(offset, bytes, DT_RELASZ));
    count(tag(offset, bytes, DT_JMPREL), tag(offset, bytes, DT_PLTRELSZ));
  }

  /** The value of a tag in the dynamic section; 0 when it is not there. */
  private long tag(long offset, long bytes, long tag) {
    for (long at = offset; at + ENTRY_BYTES <= offset + bytes; at += ENTRY_BYTES) {
      if (file.longAt(at) == tag) {
        return file.longAt(at + Long.BYTES);
      }
    }
    return 0;
  }

  private void count(long address, long bytes) {
    long start = offsetOf(address);
    if (!file.holds(start, bytes)) {
      return;
    }
    for (long at = start; at + RELA_BYTES <= start + bytes; at += RELA_BYTES) {
      String type = name(file.intAt(at + RELA_TYPE));
      boolean isListed = counts.containsKey(type) || counts.size() < MOST_TYPES;
      counts.merge(isListed ? type : OTHERS, 1, Integer::sum);
    }
  }

  /** Where in the file an address is; -1 when nowhere. */
  private long offsetOf(long address) {
    for (int i = 0; i < headers(); i++) {
      long header = header(i);
      long into = address - file.longAt(header + PH_ADDRESS);
      if (file.intAt(header) == PT_LOAD
          && into >= 0
          && into < file.longAt(header + PH_FILE_BYTES)) {
        return file.longAt(header + PH_OFFSET) + into;
      }
    }
    return -1;
  }

  /** A type's name (ELF for the Arm 64-bit Architecture, IHI 0056B, 4.6). */
  private static String name(long type) {
    return switch ((int) type) {
      case 0 -> "R_AARCH64_NONE";
      case 257 -> "R_AARCH64_ABS64";
      case 1024 -> "R_AARCH64_COPY";
      case 1025 -> "R_AARCH64_GLOB_DAT";
      case 1026 -> "R_AARCH64_JUMP_SLOT";
      case 1027 -> "R_AARCH64_RELATIVE";
      case 1030 -> "R_AARCH64_TLS_TPREL";
      case 1031 -> "R_AARCH64_TLSDESC";
      case 1032 -> "R_AARCH64_IRELATIVE";
      default -> "of type " + type;
    };
  }
}
