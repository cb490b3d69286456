package dev.roundhouse.emulator.image;

import dev.roundhouse.kernel.loader.Symbol;
import dev.roundhouse.kernel.loader.SymbolTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whether what stands where a kernel starts is the code that was meant: linkers put notes and
 * constants first, or another function, when a script does not say what comes first.
 */
final class FirstBytes {
  private static final int MAGIC = 0x464C_457F;
  private static final int SECTIONS = 40;
  private static final int SECTION_COUNT = 60;
  private static final int NAMES_INDEX = 62;
  private static final int SECTION_BYTES = 64;
  private static final int NONE = -1;

  /** What is linked below is no kernel, but a program that can be anywhere. */
  private static final int PAGE = 0x1000;

  private static final int TYPE = 4;
  private static final int NO_BYTES = 8;
  private static final int FLAGS = 8;
  private static final int ADDRESS = 16;
  private static final int OFFSET = 24;
  private static final int SIZE = 32;
  private static final long ALLOCATED = 2;
  private static final long EXECUTABLE = 4;
  private static final int LONGEST_NAME = 64;
  private static final int SHORT_MASK = 0xFFFF;

  /** The head of a GNU note: four bytes of name, some of content, a type, the name. */
  private static final int NOTE_NAME = 0x0055_4E47;

  private static final int NOTE_NAME_OFFSET = 12;
  private static final String ADVICE =
      ": put the code that starts first in the linker script (KEEP(*(.text.boot))), or link without"
          + " it (-Wl,--build-id=none)";

  private FirstBytes() {}

  static Optional<String> doubt(byte[] content, long entry, SymbolTable symbols) {
    ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (content.length < SECTION_BYTES) {
      return Optional.empty();
    }
    if (file.getInt(0) != MAGIC) {
      return file.getInt(0) == Integer.BYTES && file.getInt(NOTE_NAME_OFFSET) == NOTE_NAME
          ? Optional.of("begins with a note and not with code" + ADVICE)
          : Optional.empty();
    }
    return dataAt(entry, file).or(() -> otherFunction(entry, symbols));
  }

  /**
   * A section that is not for executing at the entry, or below it: {@code objcopy -O binary} begins
   * kernel8.img with the lowest section.
   */
  private static Optional<String> dataAt(long entry, ByteBuffer file) {
    long table = file.getLong(SECTIONS);
    int count = file.getShort(SECTION_COUNT) & SHORT_MASK;
    int lowest = NONE;
    for (int index = 0; index < count; index++) {
      long at = table + (long) index * SECTION_BYTES;
      if (at < 0 || at > file.capacity() - SECTION_BYTES) {
        return Optional.empty();
      }
      boolean isInImage =
          (file.getLong((int) at + FLAGS) & ALLOCATED) != 0
              && file.getInt((int) at + TYPE) != NO_BYTES
              && file.getLong((int) at + SIZE) != 0;
      if (isInImage && (lowest == NONE || address(file, at) < address(file, lowest))) {
        lowest = (int) at;
      }
    }
    boolean isData = lowest != NONE && (file.getLong(lowest + FLAGS) & EXECUTABLE) == 0;
    return isData && address(file, lowest) >= PAGE && address(file, lowest) <= entry
        ? Optional.of(
            "kernel8.img begins with %s, which is no code, at 0x%x%s"
                .formatted(name(file, table, lowest), address(file, lowest), ADVICE))
        : Optional.empty();
  }

  private static long address(ByteBuffer file, long section) {
    return file.getLong((int) section + ADDRESS);
  }

  private static String name(ByteBuffer file, long table, int section) {
    long names = table + (long) (file.getShort(NAMES_INDEX) & SHORT_MASK) * SECTION_BYTES;
    if (names < 0 || names > file.capacity() - SECTION_BYTES) {
      return "a section";
    }
    long start = file.getLong((int) names + OFFSET) + Integer.toUnsignedLong(file.getInt(section));
    if (start < 0 || start > file.capacity() - LONGEST_NAME) {
      return "a section";
    }
    int end = (int) start;
    while (end < start + LONGEST_NAME && file.get(end) > ' ' && file.get(end) < 0x7F) {
      end++;
    }
    byte[] text = new byte[end - (int) start];
    file.get((int) start, text);
    return "section " + new String(text, StandardCharsets.US_ASCII);
  }

  private static Optional<String> otherFunction(long entry, SymbolTable symbols) {
    Optional<Symbol> start =
        symbols.named("_start"::equals).stream()
            .filter(found -> found.address() != entry)
            .findFirst();
    return start.flatMap(wanted ->
        symbols
            .at(entry)
            .filter(found -> found.size() != 0)
            .map(found ->
                "the kernel starts at 0x%x, where %s is, and not with _start, which is at 0x%x%s"
                    .formatted(entry, found.name(), wanted.address(), ADVICE)));
  }
}
