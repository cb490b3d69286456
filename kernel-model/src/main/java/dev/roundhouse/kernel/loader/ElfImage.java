package dev.roundhouse.kernel.loader;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.PhysicalMemory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A program file that can be loaded: a position-independent executable for AArch64. It is read by
 * program headers alone; section headers only give names.
 *
 * <p>The file is not trusted: all that is wrong with it is found when it is parsed, so that loading
 * it cannot fail.
 */
public final class ElfImage {
  private final String name;
  private final ElfBytes file;
  private final long entry;
  private final ProgramHeaders headers;
  private final List<Segment> segments;
  private final RelocationTable relocations;
  private final SymbolTable symbols;
  private final List<AddressRange> code;

  private ElfImage(
      String name, ElfBytes file, long entry, ProgramHeaders headers, Contents contents) {
    this.name = name;
    this.file = file;
    this.entry = entry;
    this.headers = headers;
    this.segments = headers.segments();
    this.relocations = contents.relocations;
    this.symbols = contents.symbols;
    this.code = contents.code;
  }

  private record Contents(
      RelocationTable relocations, SymbolTable symbols, List<AddressRange> code) {}

  /** Parses a file, refusing relocations that the kernel's loader does not apply. */
  public static ParseResult parse(String name, byte[] content) {
    return parse(name, content, RelocationPolicy.REFUSE_UNKNOWN);
  }

  /**
   * Parses a file.
   *
   * @param name the program's name, for reports
   * @param content all of the file; it is not copied and must not change
   */
  public static ParseResult parse(String name, byte[] content, RelocationPolicy policy) {
    ElfBytes file = new ElfBytes(content);
    try {
      ElfHeader header = ElfHeader.parse(file);
      ProgramHeaders headers = ProgramHeaders.parse(file, header);
      DynamicTable dynamic = DynamicTable.parse(file, headers, policy);
      List<ElfProblem> warnings = new ArrayList<>(headers.warnings());
      warnings.addAll(dynamic.warnings());
      SymbolTable symbols = SymbolTable.parse(file, header, warnings);
      Contents contents =
          new Contents(
              dynamic.relocations(), symbols, CodeRanges.of(file, header, headers.segments()));
      ElfImage image = new ElfImage(name, file, header.entry(), headers, contents);
      return new ParseResult.Accepted(image, warnings);
    } catch (ElfFormatException refused) {
      return new ParseResult.Refused(refused.problem());
    }
  }

  /** The program's name. */
  public String name() {
    return name;
  }

  /** How long the file is. */
  public int fileBytes() {
    return file.length();
  }

  /** Writes all of the file, so that parsing it again gives the same program. */
  public void copyFileTo(OutputStream out) throws IOException {
    out.write(file.content());
  }

  /** The entry point, without load bias. */
  public long entry() {
    return entry;
  }

  /** The segments by address; they do not overlap. */
  public List<Segment> segments() {
    return segments;
  }

  /** Where its code is, without load bias. */
  public List<AddressRange> code() {
    return code;
  }

  /** The pages that it is in. */
  public CodePages codePages() {
    return CodePages.of(this);
  }

  /** The names in it. */
  public SymbolTable symbols() {
    return symbols;
  }

  /** The lowest address, rounded down to the largest alignment: goes to the start of the memory. */
  public long base() {
    return headers.base();
  }

  /** Bytes of memory that the loader asks for. */
  public long span() {
    return headers.span();
  }

  /** What is added to the file's addresses when it is loaded to {@code memory}. */
  public long loadBias(AddressRange memory) {
    return memory.start() - base();
  }

  /**
   * Copies the segments to {@code range}, zeroes their memory beyond the file, and relocates
   * (loader/src/loader.c, load_elf, 9d49562). What lies between segments stays as it is.
   *
   * @param range at least {@link #span} bytes of {@code memory}
   */
  public void place(PhysicalMemory memory, AddressRange range) {
    long bias = loadBias(range);
    for (Segment segment : segments) {
      long at = segment.address() + bias;
      memory.write(at, file.content(), segment.offset(), segment.fileBytes());
      memory.fill(at + segment.fileBytes(), segment.memoryBytes() - segment.fileBytes(), (byte) 0);
    }
    for (int index = 0; index < relocations.size(); index++) {
      memory.putLong(relocations.offset(index) + bias, relocations.addend(index) + bias);
    }
  }
}
