package dev.roundhouse.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the tables and the code of a 64-bit little-endian ELF file lie (System V ABI, Object
 * Files), so that an edit can aim. Anything may be wrong in the file: what lies outside is left
 * out.
 */
final class ElfTables {
  private static final int MAGIC = 0x464C_457F;
  private static final int HEADER_BYTES = 64;
  private static final int PHOFF = 32;
  private static final int SHOFF = 40;
  private static final int PHNUM = 56;
  private static final int SHNUM = 60;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int SECTION_HEADER_BYTES = 64;
  private static final int MOST_HEADERS = 64;
  private static final int PT_LOAD = 1;
  private static final int PT_DYNAMIC = 2;
  private static final int PF_X = 1;
  private static final int SHT_PROGBITS = 1;
  private static final int SHT_SYMTAB = 2;
  private static final int SHT_RELA = 4;

  private final ByteBuffer file;
  private final List<Range> tables = new ArrayList<>();
  private final List<Range> code = new ArrayList<>();
  private final List<Range> debugInformation = new ArrayList<>();

  /** Bytes of the file. */
  record Range(int start, int length) {}

  ElfTables(byte[] content) {
    file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (content.length < HEADER_BYTES || file.getInt(0) != MAGIC) {
      add(code, 0, content.length);
    } else {
      add(tables, 0, HEADER_BYTES);
      addProgramHeaders();
      addSectionHeaders();
    }
  }

  /** Headers, dynamic entries, relocations and symbols. */
  List<Range> tables() {
    return tables;
  }

  /** What is executed; all of a file that is no ELF file. */
  List<Range> code() {
    return code;
  }

  /** What is not loaded: names, lines and frames, for reports. */
  List<Range> debugInformation() {
    return debugInformation;
  }

  private void addProgramHeaders() {
    long start = file.getLong(PHOFF);
    int count = Math.min(MOST_HEADERS, file.getChar(PHNUM));
    add(tables, start, (long) count * PROGRAM_HEADER_BYTES);
    for (int i = 0; i < count; i++) {
      long at = start + (long) i * PROGRAM_HEADER_BYTES;
      if (isInside(at, PROGRAM_HEADER_BYTES)) {
        int header = (int) at;
        int type = file.getInt(header);
        boolean isCode = type == PT_LOAD && (file.getInt(header + 4) & PF_X) != 0;
        if (isCode || type == PT_DYNAMIC) {
          add(isCode ? code : tables, file.getLong(header + 8), file.getLong(header + 32));
        }
      }
    }
  }

  private void addSectionHeaders() {
    long start = file.getLong(SHOFF);
    int count = Math.min(MOST_HEADERS, file.getChar(SHNUM));
    add(tables, start, (long) count * SECTION_HEADER_BYTES);
    for (int i = 0; i < count; i++) {
      long at = start + (long) i * SECTION_HEADER_BYTES;
      if (isInside(at, SECTION_HEADER_BYTES)) {
        int type = file.getInt((int) at + 4);
        if (type == SHT_SYMTAB || type == SHT_RELA) {
          add(tables, file.getLong((int) at + 24), file.getLong((int) at + 32));
        }
        if (type == SHT_PROGBITS && file.getLong((int) at + 8) == 0) {
          add(debugInformation, file.getLong((int) at + 24), file.getLong((int) at + 32));
        }
      }
    }
  }

  private void add(List<Range> to, long start, long length) {
    if (length >= Long.BYTES && isInside(start, length)) {
      to.add(new Range((int) start, (int) length));
    }
  }

  private boolean isInside(long start, long length) {
    return start >= 0 && length >= 0 && length <= file.limit() && start <= file.limit() - length;
  }
}
