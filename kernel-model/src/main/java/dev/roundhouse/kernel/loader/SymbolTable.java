package dev.roundhouse.kernel.loader;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The functions and labels in a file's symbol table, for reports. It is found by section headers,
 * which a program need not have: whatever is missing or damaged only means fewer names.
 */
public final class SymbolTable {
  /** No symbols. */
  public static final SymbolTable EMPTY = new SymbolTable(new ElfBytes(new byte[0]), new Entry[0]);

  private static final int SECTION_BYTES = 64;
  private static final int SECTION_TYPE = 4;
  private static final int SECTION_OFFSET = 24;
  private static final int SECTION_SIZE = 32;
  private static final int SECTION_LINK = 40;
  private static final int SHT_SYMTAB = 2;
  private static final int SYMBOL_BYTES = 24;
  private static final int INFO = 4;
  private static final int SECTION_INDEX = 6;
  private static final int VALUE = 8;
  private static final int SIZE = 16;
  private static final int TYPE_MASK = 0xF;
  private static final int NO_TYPE = 0;
  private static final int FUNCTION = 2;
  private static final int LONGEST_NAME = 512;

  private final ElfBytes file;
  private final Entry[] entries;

  /** A symbol whose name is read when it is needed. */
  private record Entry(int name, int nameEnd, long address, long size) {}

  private SymbolTable(ElfBytes file, Entry[] entries) {
    this.file = file;
    this.entries = entries;
  }

  /** The names in any 64-bit little-endian ELF file; none where there is nothing to read. */
  public static SymbolTable ofFile(byte[] content) {
    ElfBytes file = new ElfBytes(content);
    return ElfHeader.isLittleEndian64(file)
        ? parse(file, ElfHeader.ofSections(file), new ArrayList<>())
        : EMPTY;
  }

  static SymbolTable parse(ElfBytes file, ElfHeader header, List<ElfProblem> warnings) {
    int count = header.sectionHeaderCount();
    long start = header.sectionHeaders();
    boolean hasHeaders =
        count > 0
            && header.sectionHeaderBytes() == SECTION_BYTES
            && file.contains(start, (long) count * SECTION_BYTES);
    if (!hasHeaders) {
      warnings.add(
          new ElfProblem(
              "no section headers: reports have no names, and the real loader does not start it",
              "e_shoff",
              "do not strip the section headers"));
      return EMPTY;
    }
    for (int section = 0; section < count; section++) {
      int at = (int) start + section * SECTION_BYTES;
      if (file.intAt(at + SECTION_TYPE) == SHT_SYMTAB) {
        return read(file, at, (int) start, count, warnings);
      }
    }
    return EMPTY;
  }

  /** The symbol at or before {@code address} (without load bias) that belongs to it. */
  public Optional<Symbol> at(long address) {
    int low = 0;
    int high = entries.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries[middle].address <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0) {
      return Optional.empty();
    }
    Entry entry = entries[low - 1];
    boolean isBehind = entry.size != 0 && address - entry.address >= entry.size;
    return isBehind ? Optional.empty() : Optional.of(symbol(entry));
  }

  /** The symbols with certain names, by their addresses without load bias. */
  public List<Symbol> named(Predicate<String> name) {
    return Arrays.stream(entries)
        .map(this::symbol)
        .filter(symbol -> name.test(symbol.name()))
        .toList();
  }

  /** How many symbols there are. */
  public int size() {
    return entries.length;
  }

  private static SymbolTable read(
      ElfBytes file, int section, int sections, int count, List<ElfProblem> warnings) {
    long offset = file.longAt(section + SECTION_OFFSET);
    long bytes = file.longAt(section + SECTION_SIZE);
    long link = file.unsignedIntAt(section + SECTION_LINK);
    int strings = link < count ? sections + (int) link * SECTION_BYTES : section;
    long stringsOffset = file.longAt(strings + SECTION_OFFSET);
    long stringsBytes = file.longAt(strings + SECTION_SIZE);
    if (link >= count
        || !file.contains(offset, bytes)
        || !file.contains(stringsOffset, stringsBytes)) {
      warnings.add(
          new ElfProblem(
              "the symbol table is damaged: reports have no names",
              "section header of .symtab",
              "build the program again"));
      return EMPTY;
    }
    List<Entry> entries = new ArrayList<>();
    for (long at = offset; at + SYMBOL_BYTES <= offset + bytes; at += SYMBOL_BYTES) {
      addSymbol(
          file,
          (int) at,
          new Entry((int) stringsOffset, (int) (stringsOffset + stringsBytes), 0, 0),
          entries);
    }
    entries.sort(Comparator.comparingLong(Entry::address).thenComparingLong(Entry::size));
    return new SymbolTable(file, entries.toArray(Entry[]::new));
  }

  /** Adds the symbol at {@code at} if it names code and is not a mapping symbol such as $x. */
  private static void addSymbol(ElfBytes file, int at, Entry strings, List<Entry> entries) {
    int type = file.byteAt(at + INFO) & TYPE_MASK;
    long name = strings.name + file.unsignedIntAt(at);
    boolean isDefined = file.shortAt(at + SECTION_INDEX) != 0;
    boolean isWanted = type == FUNCTION || type == NO_TYPE;
    if (isDefined && isWanted && name < strings.nameEnd) {
      int first = file.byteAt((int) name);
      if (first != 0 && first != '$') {
        entries.add(
            new Entry(
                (int) name, strings.nameEnd, file.longAt(at + VALUE), file.longAt(at + SIZE)));
      }
    }
  }

  private Symbol symbol(Entry entry) {
    int end = entry.name;
    int last = (int) Math.min(entry.nameEnd, (long) entry.name + LONGEST_NAME);
    while (end < last && file.byteAt(end) != 0) {
      end++;
    }
    String name = new String(file.content(), entry.name, end - entry.name, StandardCharsets.UTF_8);
    return new Symbol(name, entry.address, entry.size);
  }
}
