package dev.roundhouse.kernel.loader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The program headers of a file: its segments, the memory that the loader asks for and the dynamic
 * section (System V ABI, program header; loader/src/loader.c, calc_mem_size, 9d49562).
 */
final class ProgramHeaders {
  /** The largest page of the kernel's allocator: a program that needs more cannot be loaded. */
  static final long LARGEST_SPAN = 1L << 29;

  private static final int PT_LOAD = 1;
  private static final int PT_DYNAMIC = 2;
  private static final int PT_INTERP = 3;
  private static final int PT_GNU_RELRO = 0x6474_E552;
  private static final int FLAGS = 4;
  private static final int OFFSET = 8;
  private static final int ADDRESS = 16;
  private static final int FILE_BYTES = 32;
  private static final int MEMORY_BYTES = 40;
  private static final int ALIGNMENT = 48;
  private static final int INSTRUCTION_BYTES = 4;
  private static final String DAMAGED = "the file is cut off or damaged: build it again";

  private final ElfBytes file;
  private final List<Segment> segments = new ArrayList<>();
  private final List<ElfProblem> warnings = new ArrayList<>();
  private Optional<DynamicSection> dynamic = Optional.empty();
  private long lowest = Long.MAX_VALUE;
  private long highest;
  private long alignment = 1;

  /** Where the dynamic section is in the file: checked. */
  record DynamicSection(int offset, int bytes) {}

  private ProgramHeaders(ElfBytes file) {
    this.file = file;
  }

  static ProgramHeaders parse(ElfBytes file, ElfHeader header) throws ElfFormatException {
    ProgramHeaders headers = new ProgramHeaders(file);
    for (int index = 0; index < header.programHeaderCount(); index++) {
      headers.add(index, header.programHeaders() + index * ElfHeader.PROGRAM_HEADER_BYTES);
    }
    headers.check(header.entry());
    return headers;
  }

  /** The PT_LOAD segments by address; they do not overlap. */
  List<Segment> segments() {
    return List.copyOf(segments);
  }

  Optional<DynamicSection> dynamic() {
    return dynamic;
  }

  /** The lowest address, rounded down to the largest alignment. */
  long base() {
    return lowest & -alignment;
  }

  /** Bytes from {@link #base} to the end of the last segment. */
  long span() {
    return highest - base();
  }

  List<ElfProblem> warnings() {
    return warnings;
  }

  /** The segment with {@code length} bytes of memory at {@code address}. */
  Optional<Segment> at(long address, long length) {
    int low = 0;
    int high = segments.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (segments.get(middle).end() <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < segments.size() && segments.get(low).contains(address, length)
        ? Optional.of(segments.get(low))
        : Optional.empty();
  }

  private void add(int index, int at) throws ElfFormatException {
    String where = "program header " + index;
    switch (file.intAt(at)) {
      case PT_LOAD -> {
        checkInFile(at, where);
        include(at, where);
        addSegment(at, where);
      }
      case PT_GNU_RELRO -> include(at, where);
      case PT_DYNAMIC -> {
        checkInFile(at, where);
        dynamic =
            Optional.of(
                new DynamicSection(
                    (int) file.longAt(at + OFFSET), (int) file.longAt(at + FILE_BYTES)));
      }
      case PT_INTERP ->
          warnings.add(
              new ElfProblem(
                  "the program asks for a dynamic linker, which the kernel does not have",
                  where,
                  "link it with -static-pie"));
      default -> {
        // The kernel's loader has no use for it.
      }
    }
  }

  private void checkInFile(int at, String where) throws ElfFormatException {
    long offset = file.longAt(at + OFFSET);
    long bytes = file.longAt(at + FILE_BYTES);
    if (!file.contains(offset, bytes)) {
      throw new ElfFormatException(
          "a segment's bytes are not in the file",
          "%s: offset 0x%x, 0x%x bytes, file of %d bytes"
              .formatted(where, offset, bytes, file.length()),
          DAMAGED);
    }
  }

  /** Widens the memory that the loader asks for. */
  private void include(int at, String where) throws ElfFormatException {
    long address = file.longAt(at + ADDRESS);
    long bytes = file.longAt(at + MEMORY_BYTES);
    String place = "%s: address 0x%x, 0x%x bytes".formatted(where, address, bytes);
    if (address < 0 || bytes < 0 || address > Long.MAX_VALUE - bytes) {
      throw new ElfFormatException("a segment's addresses wrap", place, DAMAGED);
    }
    if (bytes > LARGEST_SPAN) {
      throw new ElfFormatException(
          "a segment needs more memory than the kernel's largest page, 512 MiB",
          place,
          "make its arrays smaller, or ask for memory with mmap");
    }
    long aligned = file.longAt(at + ALIGNMENT);
    if (aligned < 0 || aligned > LARGEST_SPAN || Long.bitCount(aligned) > 1) {
      throw new ElfFormatException(
          "a segment's alignment is not a power of two up to 512 MiB",
          "%s: p_align 0x%x".formatted(where, aligned),
          DAMAGED);
    }
    lowest = Math.min(lowest, address);
    highest = Math.max(highest, address + bytes);
    alignment = Math.max(alignment, aligned);
  }

  private void addSegment(int at, String where) throws ElfFormatException {
    long fileBytes = file.longAt(at + FILE_BYTES);
    long memoryBytes = file.longAt(at + MEMORY_BYTES);
    if (memoryBytes < fileBytes) {
      throw new ElfFormatException(
          "a segment has more bytes in the file than in memory",
          "%s: p_filesz 0x%x, p_memsz 0x%x".formatted(where, fileBytes, memoryBytes),
          DAMAGED);
    }
    segments.add(
        new Segment(
            (int) file.longAt(at + OFFSET),
            file.longAt(at + ADDRESS),
            (int) fileBytes,
            memoryBytes,
            file.intAt(at + FLAGS)));
  }

  private void check(long entry) throws ElfFormatException {
    if (segments.isEmpty()) {
      throw new ElfFormatException(
          "there is nothing to load", "no PT_LOAD program header", "link it as an executable");
    }
    if (span() > LARGEST_SPAN) {
      throw new ElfFormatException(
          "the program needs more memory than the kernel's largest page, 512 MiB",
          "its segments span 0x%x..0x%x".formatted(base(), highest),
          "link it with segments close to each other");
    }
    segments.sort(Comparator.comparingLong(Segment::address));
    for (int index = 1; index < segments.size(); index++) {
      Segment before = segments.get(index - 1);
      Segment after = segments.get(index);
      if (after.address() < before.end()) {
        throw new ElfFormatException(
            "two segments overlap",
            "0x%x..0x%x and 0x%x..0x%x"
                .formatted(before.address(), before.end(), after.address(), after.end()),
            DAMAGED);
      }
    }
    if (entry % INSTRUCTION_BYTES != 0 || at(entry, INSTRUCTION_BYTES).isEmpty()) {
      throw new ElfFormatException(
          "the entry point is not an instruction in a segment",
          "e_entry 0x%x".formatted(entry),
          "define _start, or name the entry with -Wl,-e,NAME");
    }
  }
}
