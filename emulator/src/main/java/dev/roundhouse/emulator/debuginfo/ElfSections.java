package dev.roundhouse.emulator.debuginfo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sections of an ELF file by name (System V ABI, chapter 4, section header). */
final class ElfSections {
  private static final int HEADER_SIZE = 64;
  private static final int SECTION_TABLE_OFFSET = 0x28;
  private static final int ENTRY_SIZE_OFFSET = 0x3a;
  private static final int ENTRY_SIZE = 64;
  private static final int ADDRESS = 16;
  private static final int NO_BITS = 8;
  private static final long COMPRESSED = 0x800;
  private static final int TYPE_OFFSET = 0x10;
  private static final int RELOCATABLE = 1;
  private static final String OLD_COMPRESSED = ".zdebug_";
  private static final Set<String> WANTED =
      Set.of(
          ".debug_info",
          ".debug_types",
          ".debug_abbrev",
          ".debug_str",
          ".debug_line_str",
          ".debug_str_offsets",
          ".debug_addr",
          ".debug_ranges",
          ".debug_rnglists",
          ".debug_line",
          ".debug_frame",
          ".eh_frame");

  private static final byte[] ELF64_LITTLE = {0x7f, 'E', 'L', 'F', 2, 1};

  private static final long EXECUTABLE = 4;

  private final Map<String, byte[]> sections = new LinkedHashMap<>();
  private final Map<String, Long> addresses = new LinkedHashMap<>();
  private final List<Code> code = new ArrayList<>();

  /** Where code is when the program runs; addresses are unsigned. */
  private record Code(long start, long bytes) {
    boolean contains(long address) {
      return Long.compareUnsigned(address - start, bytes) < 0;
    }
  }

  private final Decompression whole = new Decompression();

  /** Reads the section table of a 64-bit little-endian ELF file. */
  ElfSections(byte[] file) throws DebugInfoException {
    if (file.length < HEADER_SIZE
        || !Arrays.equals(file, 0, ELF64_LITTLE.length, ELF64_LITTLE, 0, ELF64_LITTLE.length)) {
      throw new DebugInfoException("is no 64-bit little-endian ELF file");
    }
    ByteCursor header = new ByteCursor("the ELF header", file);
    if (header.from(TYPE_OFFSET).unsigned(Short.BYTES) == RELOCATABLE) {
      throw new DebugInfoException("is an object file; give the program that was linked of it");
    }
    long table = header.from(SECTION_TABLE_OFFSET).unsigned(Long.BYTES);
    ByteCursor shape = header.from(ENTRY_SIZE_OFFSET);
    long entrySize = shape.unsigned(Short.BYTES);
    long count = shape.unsigned(Short.BYTES);
    long names = shape.unsigned(Short.BYTES);
    if (table == 0 || count == 0) {
      return;
    }
    if (entrySize != ENTRY_SIZE || names >= count) {
      throw new DebugInfoException("has a damaged section table");
    }
    ByteCursor all = new ByteCursor("the section table", file).from(table).part(count * ENTRY_SIZE);
    byte[] nameTable = section(file, all.from(table + names * ENTRY_SIZE), "");
    for (long i = 0; i < count; i++) {
      ByteCursor entry = all.from(table + i * ENTRY_SIZE);
      long name = entry.unsigned(Integer.BYTES);
      noteCode(entry.copy());
      String text = new ByteCursor("the table of section names", nameTable).from(name).text();
      String section = text.replace(OLD_COMPRESSED, ".debug_");
      if (WANTED.contains(section)) {
        sections.put(section, section(file, all.from(table + i * ENTRY_SIZE), text));
        addresses.put(section, all.from(table + i * ENTRY_SIZE + ADDRESS).unsigned(Long.BYTES));
      }
    }
  }

  private void noteCode(ByteCursor entry) throws DebugInfoException {
    entry.skip(Integer.BYTES);
    long flags = entry.unsigned(Long.BYTES);
    long start = entry.unsigned(Long.BYTES);
    entry.skip(Long.BYTES);
    long size = entry.unsigned(Long.BYTES);
    if ((flags & EXECUTABLE) != 0) {
      code.add(new Code(start, size));
    }
  }

  private byte[] section(byte[] file, ByteCursor entry, String name) throws DebugInfoException {
    entry.skip(Integer.BYTES);
    long type = entry.unsigned(Integer.BYTES);
    long flags = entry.unsigned(Long.BYTES);
    entry.skip(Long.BYTES);
    long offset = entry.unsigned(Long.BYTES);
    long size = entry.unsigned(Long.BYTES);
    if (type == NO_BITS) {
      return new byte[0];
    }
    if (offset < 0 || size < 0 || offset > file.length || size > file.length - offset) {
      throw new DebugInfoException("has a section that lies outside the file");
    }
    byte[] content = Arrays.copyOfRange(file, (int) offset, (int) (offset + size));
    if (name.startsWith(OLD_COMPRESSED)) {
      return whole.oldForm(content);
    }
    return (flags & COMPRESSED) == 0 ? content : whole.elfForm(content);
  }

  /** A section; empty if there is none of that name. */
  ByteCursor cursor(String name) {
    return new ByteCursor(name, sections.getOrDefault(name, new byte[0]));
  }

  /** Where a section is when the program runs. */
  long address(String name) {
    return addresses.getOrDefault(name, 0L);
  }

  /** Whether there is code at an address. */
  boolean isCode(long address) {
    return code.stream().anyMatch(range -> range.contains(address));
  }
}
