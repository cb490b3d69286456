package dev.roundhouse.kernel.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The relocations that a file's dynamic section leads to (System V ABI, dynamic section;
 * loader/src/elf_reader.c, elf_reader_parse_dynamic, and loader/src/loader.c, apply_relocations,
 * 9d49562).
 */
final class DynamicTable {
  private static final int DT_NULL = 0;
  private static final int DT_NEEDED = 1;
  private static final int DT_PLTRELSZ = 2;
  private static final int DT_RELA = 7;
  private static final int DT_RELASZ = 8;
  private static final int DT_RELAENT = 9;
  private static final int DT_REL = 17;
  private static final int DT_PLTREL = 20;
  private static final int DT_JMPREL = 23;
  private static final int DT_RELR = 36;
  private static final int ENTRY_BYTES = 16;
  private static final int RELA_BYTES = 24;
  private static final int TYPE_OFFSET = 8;
  private static final int ADDEND_OFFSET = 16;
  private static final int R_NONE = 0;
  private static final int R_AARCH64_RELATIVE = 1027;
  private static final int MOST_WARNINGS = 8;
  private static final String DAMAGED = "the file is damaged: build it again";
  private static final String RELATIVE_ONLY =
      "build it with -static-pie -fPIE and without shared libraries, or run it with --lenient";

  private final ElfBytes file;
  private final ProgramHeaders headers;
  private final RelocationPolicy policy;
  private final RelocationTable relocations = new RelocationTable();
  private final List<ElfProblem> warnings = new ArrayList<>();
  private int skipped;

  /** What the tags of one kind say; -1 for a tag that is not there. */
  private static final class Tags {
    long rela = -1;
    long relaBytes = -1;
    long relaEntryBytes = -1;
    long jmprel = -1;
    long jmprelBytes = -1;
    long jmprelKind = -1;
  }

  private DynamicTable(ElfBytes file, ProgramHeaders headers, RelocationPolicy policy) {
    this.file = file;
    this.headers = headers;
    this.policy = policy;
  }

  static DynamicTable parse(ElfBytes file, ProgramHeaders headers, RelocationPolicy policy)
      throws ElfFormatException {
    DynamicTable table = new DynamicTable(file, headers, policy);
    if (headers.dynamic().isPresent()) {
      table.read(headers.dynamic().get());
    }
    return table;
  }

  RelocationTable relocations() {
    return relocations;
  }

  List<ElfProblem> warnings() {
    return warnings;
  }

  private void read(ProgramHeaders.DynamicSection section) throws ElfFormatException {
    if (section.bytes() % ENTRY_BYTES != 0) {
      throw new ElfFormatException(
          "the dynamic section does not consist of whole entries",
          "PT_DYNAMIC, %d bytes".formatted(section.bytes()),
          DAMAGED);
    }
    Tags tags = new Tags();
    int end = section.offset() + section.bytes();
    for (int at = section.offset(); at < end && file.longAt(at) != DT_NULL; at += ENTRY_BYTES) {
      note(tags, file.longAt(at), file.longAt(at + Long.BYTES));
    }
    if (tags.rela != -1 || tags.relaBytes > 0) {
      if (tags.relaEntryBytes != RELA_BYTES) {
        throw new ElfFormatException(
            "relocations have the wrong size",
            "DT_RELAENT is %d, not %d".formatted(tags.relaEntryBytes, RELA_BYTES),
            DAMAGED);
      }
      readTable("DT_RELA", tags.rela, tags.relaBytes);
    }
    if (tags.jmprel != -1) {
      if (tags.jmprelKind != DT_RELA) {
        throw new ElfFormatException(
            "relocations without addends", "DT_PLTREL is " + tags.jmprelKind, RELATIVE_ONLY);
      }
      readTable("DT_JMPREL", tags.jmprel, tags.jmprelBytes);
    }
    if (skipped > MOST_WARNINGS) {
      warn(
          "%d relocations of other types are skipped in all".formatted(skipped), "dynamic section");
    }
  }

  private void note(Tags tags, long tag, long value) throws ElfFormatException {
    switch (Math.toIntExact(Math.clamp(tag, -1, Integer.MAX_VALUE))) {
      case DT_RELA -> tags.rela = value;
      case DT_RELASZ -> tags.relaBytes = value;
      case DT_RELAENT -> tags.relaEntryBytes = value;
      case DT_JMPREL -> tags.jmprel = value;
      case DT_PLTRELSZ -> tags.jmprelBytes = value;
      case DT_PLTREL -> tags.jmprelKind = value;
      case DT_REL -> refuse("relocations without addends", "DT_REL");
      case DT_RELR -> refuse("packed relocations", "DT_RELR");
      case DT_NEEDED ->
          warn("the program needs a shared library, which it will not get", "DT_NEEDED");
      default -> {
        // The kernel's loader has no use for it.
      }
    }
  }

  private void readTable(String tag, long address, long bytes) throws ElfFormatException {
    Optional<Segment> segment = headers.at(address, Math.max(bytes, 0));
    if (bytes < 0
        || bytes % RELA_BYTES != 0
        || segment.isEmpty()
        || !segment.get().holdsFileBytes(address, bytes)) {
      throw new ElfFormatException(
          "the relocation table is not in the file",
          "%s: address 0x%x, %d bytes".formatted(tag, address, bytes),
          DAMAGED);
    }
    int start = (int) (address - segment.get().address()) + segment.get().offset();
    if (start != address && bytes != 0) {
      warn(
          "the real loader takes the table's address for its place in the file and misreads it",
          "%s: address 0x%x, offset 0x%x".formatted(tag, address, start));
    }
    relocations.reserve((int) bytes / RELA_BYTES);
    for (int at = start; at < start + bytes; at += RELA_BYTES) {
      readRelocation(tag, start, at);
    }
  }

  private void readRelocation(String tag, int start, int at) throws ElfFormatException {
    long offset = file.longAt(at);
    int type = file.intAt(at + TYPE_OFFSET);
    if (type == R_NONE) {
      return;
    }
    if (type != R_AARCH64_RELATIVE) {
      skipped++;
      if (policy == RelocationPolicy.REFUSE_UNKNOWN || skipped <= MOST_WARNINGS) {
        refuse(
            "a relocation of type %d, which the kernel does not apply".formatted(type),
            place(tag, start, at));
      }
      return;
    }
    if (headers.at(offset, Long.BYTES).isEmpty()) {
      throw new ElfFormatException(
          "a relocation is outside of the program", place(tag, start, at), DAMAGED);
    }
    relocations.append(offset, file.longAt(at + ADDEND_OFFSET));
  }

  private String place(String tag, int start, int at) {
    int entry = (at - start) / RELA_BYTES;
    return "%s entry %d at address 0x%x".formatted(tag, entry, file.longAt(at));
  }

  /** Refuses the file, or warns if the policy is to skip. */
  private void refuse(String what, String where) throws ElfFormatException {
    if (policy == RelocationPolicy.REFUSE_UNKNOWN) {
      throw new ElfFormatException(what, where, RELATIVE_ONLY);
    }
    warn(what + "; it is skipped, as the real loader does silently", where);
  }

  private void warn(String what, String where) {
    if (warnings.size() <= MOST_WARNINGS + 1) {
      warnings.add(new ElfProblem(what, where, "link it with -static-pie"));
    }
  }
}
