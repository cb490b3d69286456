package dev.roundhouse.emulator.image;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.emulator.debuginfo.SourceMap;
import dev.roundhouse.kernel.loader.SymbolTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kernel to boot: {@code kernel8.img}, which the firmware copies to 0x80000 and starts there
 * (Raspberry Pi documentation, config.txt, kernel_address), or the ELF file that it was made of,
 * whose segments go to their physical addresses. Neither is trusted.
 *
 * <p>An ELF file with a segment at 0x80000 starts there too, whatever its header's entry point
 * says: {@code objcopy -O binary} makes a kernel8.img of it without that entry point. Linkers set
 * it to the start of {@code .text} when a script has no ENTRY, which is not where {@code
 * .text.boot} is.
 */
public final class KernelImage {
  /** Where the firmware puts {@code kernel8.img}. */
  public static final long LOAD_ADDRESS = 0x8_0000;

  private static final int MAGIC = 0x464C_457F;
  private static final int HEADER_BYTES = 64;
  private static final int CLASS_AND_DATA = 0x0102;
  private static final int MACHINE = 18;
  private static final int AARCH64 = 183;
  private static final int ENTRY = 24;
  private static final int PHOFF = 32;
  private static final int PHENTSIZE = 54;
  private static final int PHNUM = 56;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int PT_LOAD = 1;
  private static final int OFFSET = 8;
  private static final int VIRTUAL = 16;
  private static final int PHYSICAL = 24;
  private static final int FILE_BYTES = 32;
  private static final int MEMORY_BYTES = 40;
  private static final int INSTRUCTION_BYTES = 4;
  private static final int SHORT_MASK = 0xFFFF;
  private static final int TEXT_BYTES = 64;
  private static final int DELETE = 0x7f;

  private final String name;
  private final byte[] content;
  private final List<Part> parts;
  private final long entry;
  private final SymbolTable symbols;
  private final Optional<Origin> origin;

  /**
   * The file with names that it was made of.
   *
   * @param shift from its physical addresses to those of that file
   */
  private record Origin(KernelImage file, long shift) {}

  /** Bytes of the file and where they go; memory beyond them is zero. */
  private record Part(int offset, int fileBytes, long physical, long memoryBytes, long linked) {}

  private KernelImage(
      String name, byte[] content, List<Part> parts, long entry, SymbolTable symbols) {
    this.name = name;
    this.content = content;
    this.parts = List.copyOf(parts);
    this.entry = entry;
    this.symbols = symbols;
    origin = Optional.empty();
  }

  private KernelImage(KernelImage image, Origin origin) {
    name = image.name;
    content = image.content;
    parts = image.parts;
    entry = image.entry;
    symbols = origin.file.symbols;
    this.origin = Optional.of(origin);
  }

  /**
   * Reads a kernel.
   *
   * @param name of the file, for reports
   * @param content all of the file; it is not copied and must not change
   * @throws KernelImageException when it cannot be booted
   */
  public static KernelImage parse(String name, byte[] content) throws KernelImageException {
    if (content.length < INSTRUCTION_BYTES) {
      throw new KernelImageException(name + " is empty: give kernel8.img or kernel.elf");
    }
    ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (file.getInt(0) == MAGIC) {
      return ofElf(name, content, file);
    }
    if (isText(content)) {
      throw new KernelImageException(name + " is text: give kernel8.img or kernel.elf itself");
    }
    Part whole = new Part(0, content.length, LOAD_ADDRESS, content.length, LOAD_ADDRESS);
    return new KernelImage(name, content, List.of(whole), LOAD_ADDRESS, SymbolTable.EMPTY);
  }

  /** Code has bytes between that no text has. */
  private static boolean isText(byte[] content) {
    for (int at = 0; at < Math.min(content.length, TEXT_BYTES); at++) {
      boolean isPrinted = content[at] >= ' ' && content[at] < DELETE;
      if (!isPrinted && "\t\r\n\f".indexOf(content[at]) < 0) {
        return false;
      }
    }
    return content.length >= TEXT_BYTES;
  }

  private static KernelImage ofElf(String name, byte[] content, ByteBuffer file)
      throws KernelImageException {
    boolean isOurs =
        content.length >= HEADER_BYTES
            && file.getShort(Integer.BYTES) == CLASS_AND_DATA
            && file.getShort(MACHINE) == AARCH64
            && (file.getShort(PHENTSIZE) & SHORT_MASK) == PROGRAM_HEADER_BYTES;
    if (!isOurs) {
      throw new KernelImageException(
          name + " is an ELF file, but not one of 64-bit AArch64: build it for the Raspberry Pi 4");
    }
    int count = file.getShort(PHNUM) & SHORT_MASK;
    long table = file.getLong(PHOFF);
    if (!isInside(table, (long) count * PROGRAM_HEADER_BYTES, content.length)) {
      throw new KernelImageException(name + " is cut off or damaged in its program headers");
    }
    List<Part> parts = new ArrayList<>();
    long entry = file.getLong(ENTRY);
    for (int index = 0; index < count; index++) {
      int at = (int) table + index * PROGRAM_HEADER_BYTES;
      if (file.getInt(at) == PT_LOAD && file.getLong(at + MEMORY_BYTES) != 0) {
        parts.add(part(name, file, at));
        entry = physicalEntry(file, at, entry);
      }
    }
    if (parts.stream().anyMatch(KernelImage::isWhatTheFirmwareStarts)) {
      entry = LOAD_ADDRESS;
    }
    if (parts.isEmpty()) {
      throw new KernelImageException(name + " has nothing to load: link it as an executable");
    }
    return new KernelImage(name, content, parts, entry, SymbolTable.ofFile(content));
  }

  private static Part part(String name, ByteBuffer file, int at) throws KernelImageException {
    long offset = file.getLong(at + OFFSET);
    long fileBytes = file.getLong(at + FILE_BYTES);
    long memoryBytes = file.getLong(at + MEMORY_BYTES);
    if (!isInside(offset, fileBytes, file.capacity()) || memoryBytes < fileBytes) {
      throw new KernelImageException(
          "%s is cut off or damaged: a segment's bytes are not in the file (offset 0x%x)"
              .formatted(name, offset));
    }
    long physical = file.getLong(at + PHYSICAL);
    return new Part(
        (int) offset, (int) fileBytes, physical, memoryBytes, file.getLong(at + VIRTUAL));
  }

  private static boolean isWhatTheFirmwareStarts(Part part) {
    return part.physical == LOAD_ADDRESS && part.fileBytes >= INSTRUCTION_BYTES;
  }

  /** The MMU is off when a kernel starts: an entry point in a segment is meant physically. */
  private static long physicalEntry(ByteBuffer file, int at, long entry) {
    long inside = file.getLong(ENTRY) - file.getLong(at + VIRTUAL);
    return inside >= 0 && inside < file.getLong(at + MEMORY_BYTES)
        ? file.getLong(at + PHYSICAL) + inside
        : entry;
  }

  private static boolean isInside(long offset, long bytes, int length) {
    return offset >= 0 && bytes >= 0 && offset <= length && bytes <= length - offset;
  }

  /**
   * Checks that it fits into RAM.
   *
   * @param ramBytes of RAM from address 0 on
   * @throws KernelImageException when it does not
   */
  public void requireRoom(long ramBytes) throws KernelImageException {
    for (Part part : parts) {
      boolean fits =
          part.physical >= 0
              && part.physical <= ramBytes
              && part.memoryBytes <= ramBytes - part.physical;
      if (!fits) {
        throw new KernelImageException(
            "%s does not fit into RAM: 0x%x bytes at 0x%x, RAM ends at 0x%x"
                .formatted(name, part.memoryBytes, part.physical, ramBytes));
      }
    }
    if (entry % INSTRUCTION_BYTES != 0 || entry < 0 || entry > ramBytes - INSTRUCTION_BYTES) {
      throw new KernelImageException("%s starts at 0x%x, not in RAM".formatted(name, entry));
    }
  }

  /** Copies it to memory in which it has room. */
  public void place(PhysicalMemory memory) {
    for (Part part : parts) {
      memory.write(part.physical, content, part.offset, part.fileBytes);
    }
  }

  /**
   * The same kernel with the names and lines of the ELF file that it was made of, by {@code objcopy
   * -O binary} or by stripping.
   *
   * @return empty if the file is of another build: what it loads is not what is here
   */
  public Optional<KernelImage> madeOf(KernelImage file) {
    return Stream.concat(
            Stream.of(LOAD_ADDRESS, file.entry), file.parts.stream().map(part -> part.physical))
        .map(start -> new Origin(file, start - LOAD_ADDRESS))
        .filter(this::isOf)
        .findFirst()
        .map(found -> new KernelImage(this, found));
  }

  private boolean isOf(Origin of) {
    long start = LOAD_ADDRESS + of.shift;
    long end = Long.MIN_VALUE;
    for (Part part : parts) {
      byte[] bytes = of.file.loaded(part.physical + of.shift, part.fileBytes);
      int behind = part.offset + part.fileBytes;
      if (!Arrays.equals(bytes, 0, bytes.length, content, part.offset, behind)) {
        return false;
      }
      end = Math.max(end, part.physical - LOAD_ADDRESS + part.fileBytes);
    }
    long last = end;
    return of.file.parts.stream()
            .anyMatch(part -> Long.compareUnsigned(start - part.physical, part.fileBytes) < 0)
        && of.file.parts.stream().allMatch(part -> part.physical - start + part.fileBytes <= last);
  }

  /** What is loaded at an address; addresses may be any, and those of a kernel are high. */
  public byte[] loaded(long physical, int length) {
    byte[] bytes = new byte[length];
    for (Part part : parts) {
      long behind = part.physical - physical;
      long skipped = Math.max(0, -behind);
      long at = Math.max(0, behind);
      if (behind > -part.fileBytes && at < length) {
        int count = (int) Math.min(part.fileBytes - skipped, length - at);
        System.arraycopy(content, part.offset + (int) skipped, bytes, (int) at, count);
      }
    }
    return bytes;
  }

  /** How long its file is. */
  public int fileBytes() {
    return content.length;
  }

  /** Writes its file to a stream. */
  public void copyFileTo(OutputStream out) throws IOException {
    out.write(content);
  }

  /** Whether these bytes are somewhere in its file. */
  public boolean contains(byte[] pattern) {
    int last = content.length - pattern.length;
    for (int at = 0; at <= last; at++) {
      if (content[at] == pattern[0]
          && Arrays.equals(content, at, at + pattern.length, pattern, 0, pattern.length)) {
        return true;
      }
    }
    return false;
  }

  /** The file's name. */
  public String name() {
    return name;
  }

  /** The physical address at which it starts. */
  public long entry() {
    return entry;
  }

  /** What is doubtful about where it starts, for people; empty for most. */
  public Optional<String> doubt() {
    return FirstBytes.doubt(content, entry, symbols).map(what -> name + ": " + what);
  }

  /** The names in it, none in a {@code kernel8.img} without the file that it was made of. */
  public SymbolTable symbols() {
    return symbols;
  }

  /**
   * The address that code at a physical one was linked for; the same if it was not linked for
   * another.
   */
  public long linked(long physical) {
    if (origin.isPresent()) {
      return origin.get().file.linked(physical + origin.get().shift);
    }
    return parts.stream()
        .filter(part -> Long.compareUnsigned(physical - part.physical, part.memoryBytes) < 0)
        .findFirst()
        .map(part -> physical - part.physical + part.linked)
        .orElse(physical);
  }

  /** Whether code or data of it was linked for an address. */
  public boolean isLinkedAt(long address) {
    return origin.map(Origin::file).orElse(this).parts.stream()
        .anyMatch(part -> Long.compareUnsigned(address - part.linked, part.memoryBytes) < 0);
  }

  /** The source that it was made of, as far as that is known. Reading it takes a while. */
  public SourceMap readSource() {
    return SourceMap.of(origin.map(Origin::file).orElse(this).content);
  }

  /** The ELF file that it is, or was made of. */
  public Optional<byte[]> elf() {
    byte[] file = origin.map(Origin::file).orElse(this).content;
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(0) == MAGIC
        ? Optional.of(file)
        : Optional.empty();
  }
}
