package dev.roundhouse.kernel.loader;

/**
 * The header of an ELF file for AArch64 (System V ABI, ELF header; the identification that
 * loader/src/elf_reader.c, elf_reader_check_e_ident, 9d49562, asks for).
 *
 * @param entry address of the entry point before the load bias is added
 * @param programHeaders offset of the program header table, which is in the file
 * @param programHeaderCount its entries
 * @param sectionHeaders offset of the section header table, not checked
 * @param sectionHeaderCount its entries
 * @param sectionHeaderBytes bytes of one of them
 */
record ElfHeader(
    long entry,
    int programHeaders,
    int programHeaderCount,
    long sectionHeaders,
    int sectionHeaderCount,
    int sectionHeaderBytes) {
  static final int PROGRAM_HEADER_BYTES = 56;

  private static final int BYTES = 64;
  private static final int MAGIC = 0x464C_457F;
  private static final int CLASS = 4;
  private static final int CLASS_64 = 2;
  private static final int DATA = 5;
  private static final int LITTLE_ENDIAN = 1;
  private static final int IDENT_VERSION = 6;
  private static final int CURRENT = 1;
  private static final int TYPE = 16;
  private static final int TYPE_EXEC = 2;
  private static final int TYPE_DYN = 3;
  private static final int MACHINE = 18;
  private static final int AARCH64 = 183;
  private static final int VERSION = 20;
  private static final int ENTRY = 24;
  private static final int PHOFF = 32;
  private static final int SHOFF = 40;
  private static final int PHENTSIZE = 54;
  private static final int PHNUM = 56;
  private static final int SHENTSIZE = 58;
  private static final int SHNUM = 60;
  private static final String BUILD_ADVICE =
      "build it for aarch64 with -static-pie (or -pie -nostdlib)";

  static ElfHeader parse(ElfBytes file) throws ElfFormatException {
    checkIdentification(file);
    checkTarget(file);
    long table = file.longAt(PHOFF);
    int count = file.shortAt(PHNUM);
    if (count == 0) {
      throw new ElfFormatException(
          "there are no program headers", "e_phnum is 0", "link it as an executable");
    }
    int entryBytes = file.shortAt(PHENTSIZE);
    if (entryBytes != PROGRAM_HEADER_BYTES) {
      throw new ElfFormatException(
          "program headers have the wrong size",
          "e_phentsize is %d, not %d".formatted(entryBytes, PROGRAM_HEADER_BYTES),
          "the file is damaged: build it again");
    }
    if (!file.contains(table, (long) count * PROGRAM_HEADER_BYTES)) {
      throw new ElfFormatException(
          "the program headers are not in the file",
          "e_phoff 0x%x, %d entries, file of %d bytes".formatted(table, count, file.length()),
          "the file is cut off or damaged: build it again");
    }
    return new ElfHeader(
        file.longAt(ENTRY),
        (int) table,
        count,
        file.longAt(SHOFF),
        file.shortAt(SHNUM),
        file.shortAt(SHENTSIZE));
  }

  /** Whether the file has a whole header of the class and byte order that we read. */
  static boolean isLittleEndian64(ElfBytes file) {
    return file.length() >= BYTES
        && file.intAt(0) == MAGIC
        && file.byteAt(CLASS) == CLASS_64
        && file.byteAt(DATA) == LITTLE_ENDIAN;
  }

  /** What is needed to read the sections of a file that {@link #isLittleEndian64}. */
  static ElfHeader ofSections(ElfBytes file) {
    return new ElfHeader(
        file.longAt(ENTRY), 0, 0, file.longAt(SHOFF), file.shortAt(SHNUM), file.shortAt(SHENTSIZE));
  }

  private static void checkIdentification(ElfBytes file) throws ElfFormatException {
    if (file.length() < Integer.BYTES || file.intAt(0) != MAGIC) {
      throw new ElfFormatException(
          "this is not an ELF file", "offset 0", "give the linked program, not its source or map");
    }
    if (file.length() < BYTES) {
      throw new ElfFormatException(
          "the file is cut off in its header",
          "%d bytes, the header has %d".formatted(file.length(), BYTES),
          "build it again");
    }
    require(file.byteAt(CLASS) == CLASS_64, "this is not a 64-bit file", CLASS, BUILD_ADVICE);
    require(
        file.byteAt(DATA) == LITTLE_ENDIAN, "this file is not little-endian", DATA, BUILD_ADVICE);
    require(
        file.byteAt(IDENT_VERSION) == CURRENT, "unknown ELF version", IDENT_VERSION, BUILD_ADVICE);
  }

  private static void checkTarget(ElfBytes file) throws ElfFormatException {
    int machine = file.shortAt(MACHINE);
    require(
        machine == AARCH64,
        "this is a program for another machine: e_machine is %d, AArch64 is %d"
            .formatted(machine, AARCH64),
        MACHINE,
        BUILD_ADVICE);
    int type = file.shortAt(TYPE);
    require(
        type != TYPE_EXEC,
        "this program is not position-independent: e_type is ET_EXEC",
        TYPE,
        "link it with -static-pie");
    require(type == TYPE_DYN, "this is not a program: e_type is " + type, TYPE, BUILD_ADVICE);
    require(file.intAt(VERSION) == CURRENT, "unknown ELF version", VERSION, BUILD_ADVICE);
  }

  private static void require(boolean condition, String what, int offset, String advice)
      throws ElfFormatException {
    if (!condition) {
      throw new ElfFormatException(what, "offset " + offset, advice);
    }
  }
}
