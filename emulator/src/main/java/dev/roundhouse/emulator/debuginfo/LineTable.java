package dev.roundhouse.emulator.debuginfo;

import dev.roundhouse.emulator.debuginfo.Abbreviations.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which lines the code of a unit was made of: DWARF 5, 6.2, and its forerunners from version 2 on.
 * The table is a program; it is run for each question, and nothing of what it makes is kept.
 */
final class LineTable {
  private static final long DWARF64 = 0xffff_ffffL;
  private static final int FIRST_VERSION = 2;
  private static final int WITH_OPERATIONS = 4;
  private static final int LAST_VERSION = 5;
  private static final int MOST_FILES = 100_000;
  private static final int PATH = 1;
  private static final int FOLDER = 2;
  private static final int CONSTANT_ADVANCE = 255;

  private final ElfSections sections;
  private final ReadingLimits limits;
  private final Unit unit;
  private final List<String> folders = new ArrayList<>();
  private final List<SourceFile> files = new ArrayList<>();
  private final int offsetBytes;
  private final int version;
  private final long instructionBytes;
  private final long lineBase;
  private final long lineRange;
  private final int[] operands;
  private final ByteCursor program;

  /**
   * What the table leaves to its unit.
   *
   * @param folder in which the compiler ran
   * @param name of the source file
   */
  record Unit(String folder, String name) {}

  /** A file, its folder by number. */
  private record SourceFile(String name, long folder) {}

  /** A line of a file. */
  record Line(String path, int line) {}

  LineTable(ElfSections sections, ReadingLimits limits, long place, Unit unit)
      throws DebugInfoException {
    this.sections = sections;
    this.limits = limits;
    this.unit = unit;
    ByteCursor section = sections.cursor(".debug_line").from(place);
    long length = section.unsigned(Integer.BYTES);
    offsetBytes = length == DWARF64 ? Long.BYTES : Integer.BYTES;
    ByteCursor table = section.part(length == DWARF64 ? section.unsigned(Long.BYTES) : length);
    version = (int) table.unsigned(Short.BYTES);
    if (version < FIRST_VERSION || version > LAST_VERSION) {
      throw new DebugInfoException("has lines of DWARF version " + version + ", which is not read");
    }
    table.skip(version == LAST_VERSION ? 2 : 0);
    long headerLength = table.unsigned(offsetBytes);
    ByteCursor header = table.part(headerLength);
    program = table;
    instructionBytes = header.unsigned(1);
    header.skip(version >= WITH_OPERATIONS ? 2 : 1);
    lineBase = (byte) header.unsigned(1);
    lineRange = header.unsigned(1);
    operands = new int[(int) header.unsigned(1)];
    for (int opcode = 1; opcode < operands.length; opcode++) {
      operands[opcode] = (int) header.unsigned(1);
    }
    if (lineRange == 0 || operands.length == 0) {
      throw new DebugInfoException("has a damaged table of lines");
    }
    if (version == LAST_VERSION) {
      readNames(header);
    } else {
      readOldNames(header);
    }
  }

  private void readOldNames(ByteCursor header) throws DebugInfoException {
    folders.add(unit.folder);
    files.add(new SourceFile(unit.name, 0));
    for (String text = header.text(); !text.isEmpty(); text = header.text()) {
      folders.add(limited(text));
    }
    for (String text = header.text(); !text.isEmpty(); text = header.text()) {
      files.add(new SourceFile(limited(text), header.uleb()));
      long _ = header.uleb();
      long _ = header.uleb();
    }
  }

  private String limited(String text) throws DebugInfoException {
    limits.text(text.length());
    return text;
  }

  /** DWARF 5, 6.2.4.1: what is said of each folder and file is said before them. */
  private void readNames(ByteCursor header) throws DebugInfoException {
    for (SourceFile folder : names(header)) {
      folders.add(folder.name);
    }
    files.addAll(names(header));
  }

  private List<SourceFile> names(ByteCursor header) throws DebugInfoException {
    List<Attribute> format = new ArrayList<>();
    for (long left = header.unsigned(1); left > 0; left--) {
      format.add(new Attribute((int) header.uleb(), (int) header.uleb(), 0));
    }
    long count = header.uleb();
    if (count < 0 || count > MOST_FILES) {
      throw new DebugInfoException("has more source files than can be read");
    }
    var place = new UnitHeader(0, 0, version, offsetBytes, 0, 0, Entry.NONE, header);
    AttributeReader reader = new AttributeReader(sections, limits, place);
    List<SourceFile> names = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      String name = "";
      long folder = 0;
      for (Attribute attribute : format) {
        AttributeReader.Value value = reader.read(attribute, header);
        switch (attribute.name()) {
          case PATH -> name = reader.text(value);
          case FOLDER -> folder = value.number();
          default -> {}
        }
      }
      names.add(new SourceFile(name, folder));
    }
    return names;
  }

  /** The path of a file by its number, as far as it is known. */
  String path(long file) {
    if (file < 0 || file >= files.size()) {
      return "";
    }
    SourceFile found = files.get((int) file);
    boolean hasFolder = found.folder >= 0 && found.folder < folders.size();
    String folder = hasFolder ? folders.get((int) found.folder) : "";
    return joined(joined(unit.folder, folder), found.name);
  }

  private static String joined(String folder, String name) {
    boolean isWhole = name.startsWith("/") || folder.isEmpty();
    return isWhole ? name : name.isEmpty() ? folder : folder + "/" + name;
  }

  /** The line that the instruction at an address was made of. */
  Optional<Line> at(long address) throws DebugInfoException {
    return new Rows(program.copy(), address).find();
  }

  /** The rows that the program makes, up to the one wanted: DWARF 5, 6.2.2 and 6.2.5. */
  private final class Rows {
    private final ByteCursor at;
    private final long wanted;
    private long address;
    private long file = 1;
    private long line = 1;

    /** Whether code is at the start of these rows, or was dropped by the linker. */
    private boolean isLive;

    private boolean isLast;
    private boolean hasRow;
    private long rowAddress;
    private long rowFile;
    private long rowLine;

    Rows(ByteCursor at, long wanted) {
      this.at = at;
      this.wanted = wanted;
    }

    Optional<Line> find() throws DebugInfoException {
      while (at.hasMore()) {
        int opcode = (int) at.unsigned(1);
        boolean isRow =
            opcode >= operands.length
                ? special(opcode)
                : opcode == 0 ? extended() : standard(opcode);
        if (isRow && row()) {
          return Optional.of(new Line(path(rowFile), (int) rowLine));
        }
      }
      return Optional.empty();
    }

    /**
     * Whether the row before holds for the wanted address, because this one lies behind it. Code
     * that the compiler made up has line 0: it goes with what is before it.
     */
    private boolean row() {
      if (hasRow && isLive && wanted >= rowAddress && wanted < address && rowLine > 0) {
        return true;
      }
      if (line > 0 || !hasRow) {
        rowAddress = address;
        rowFile = file;
        rowLine = line;
      }
      hasRow = !isLast;
      if (isLast) {
        address = 0;
        file = 1;
        line = 1;
        isLive = false;
        isLast = false;
      }
      return false;
    }

    private boolean special(int opcode) {
      long adjusted = (long) opcode - operands.length;
      address += adjusted / lineRange * instructionBytes;
      line += lineBase + adjusted % lineRange;
      return true;
    }

    private boolean standard(int opcode) throws DebugInfoException {
      switch (opcode) {
        case 1 -> {
          return true;
        }
        case 2 -> address += at.uleb() * instructionBytes;
        case 3 -> line += at.sleb();
        case 4 -> file = at.uleb();
        case 8 -> address += (CONSTANT_ADVANCE - operands.length) / lineRange * instructionBytes;
        case 9 -> address += at.unsigned(Short.BYTES);
        default -> {
          for (int i = 0; i < operands[opcode]; i++) {
            long _ = at.uleb();
          }
        }
      }
      return false;
    }

    private boolean extended() throws DebugInfoException {
      ByteCursor operation = at.part(at.uleb());
      if (!operation.hasMore()) {
        return false;
      }
      switch ((int) operation.unsigned(1)) {
        case 1 -> isLast = true;
        case 2 -> {
          address = operation.unsigned(Long.BYTES);
          isLive = sections.isCode(address);
        }
        default -> {}
      }
      return isLast;
    }
  }
}
