package dev.roundhouse.emulator.debuginfo;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The sections of an ELF file by name (System V ABI, chapter 4, section header). */
final class ElfSections {
  private static final int HEADER_SIZE = 64;
  private static final int SECTION_TABLE_OFFSET = 0x28;
  private static final int ENTRY_SIZE_OFFSET = 0x3a;
  private static final int ENTRY_SIZE = 64;
  private static final int NO_BITS = 8;
  private static final long COMPRESSED = 0x800;
  private static final int ZLIB = 1;
  private static final long LARGEST_INFLATED = 256L << 20;

  /** Deflate makes nothing shorter than by this. */
  private static final long MOST_RATIO = 1032;

  private static final byte[] ELF64_LITTLE = {0x7f, 'E', 'L', 'F', 2, 1};

  private final Map<String, byte[]> sections = new LinkedHashMap<>();

  /** Reads the section table of a 64-bit little-endian ELF file. */
  ElfSections(byte[] file) throws DebugInfoException {
    if (file.length < HEADER_SIZE
        || !Arrays.equals(file, 0, ELF64_LITTLE.length, ELF64_LITTLE, 0, ELF64_LITTLE.length)) {
      throw new DebugInfoException("is no 64-bit little-endian ELF file");
    }
    ByteCursor header = new ByteCursor("the ELF header", file);
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
    byte[] nameTable = section(file, all.from(table + names * ENTRY_SIZE));
    for (long i = 0; i < count; i++) {
      ByteCursor entry = all.from(table + i * ENTRY_SIZE);
      long name = entry.unsigned(Integer.BYTES);
      String text = new ByteCursor("the table of section names", nameTable).from(name).text();
      if (text.startsWith(".debug_")) {
        sections.put(text, section(file, all.from(table + i * ENTRY_SIZE)));
      }
    }
  }

  private static byte[] section(byte[] file, ByteCursor entry) throws DebugInfoException {
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
    return (flags & COMPRESSED) == 0 ? content : inflated(content);
  }

  /** ELF gABI, chapter 4, "Compressed sections". */
  private static byte[] inflated(byte[] content) throws DebugInfoException {
    ByteCursor header = new ByteCursor("a compressed section", content);
    long kind = header.unsigned(Integer.BYTES);
    header.skip(Integer.BYTES);
    long size = header.unsigned(Long.BYTES);
    header.skip(Long.BYTES);
    if (kind != ZLIB) {
      throw new DebugInfoException(
          "has debug information in a compression that is not read; build it with -gz=zlib");
    }
    if (size < 0 || size > LARGEST_INFLATED || size / MOST_RATIO > content.length) {
      throw new DebugInfoException("has a compressed section of an impossible size");
    }
    byte[] whole = new byte[(int) size];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(content, header.offset(), content.length - header.offset());
      int length = 0;
      while (length < whole.length && !inflater.finished()) {
        int more = inflater.inflate(whole, length, whole.length - length);
        if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
        length += more;
      }
      if (length != whole.length) {
        throw new DebugInfoException("has a compressed section that ends too early");
      }
      return whole;
    } catch (DataFormatException e) {
      throw new DebugInfoException("has a damaged compressed section");
    }
  }

  /** A section; empty if there is none of that name. */
  ByteCursor cursor(String name) {
    return new ByteCursor(name, sections.getOrDefault(name, new byte[0]));
  }
}
