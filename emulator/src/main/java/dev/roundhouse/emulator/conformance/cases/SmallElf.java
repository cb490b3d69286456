package dev.roundhouse.emulator.conformance.cases;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program file for cases about loading: an ELF header, program headers, and what a case puts into
 * it (System V ABI, object files). At its entry point it returns at once.
 */
final class SmallElf {
  /** Where the entry point is, in the file and in memory above the first segment. */
  private static final int ENTRY = 0x200;

  /** Bytes of the file. */
  private static final int BYTES = 0x1000;

  private static final int PT_LOAD = 1;
  private static final int PT_DYNAMIC = 2;
  private static final int HEADER_BYTES = 64;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int READ_WRITE_EXECUTE = 7;
  private static final long PAGE = 0x1000;
  private static final int RETURN = 0xD65F_03C0;
  private static final int TYPE = 16;
  private static final short DYN = 3;
  private static final int MACHINE = 18;
  private static final short AARCH64 = 183;
  private static final long DT_NULL = 0;
  private static final long DT_RELA = 7;
  private static final long DT_RELASZ = 8;
  private static final long DT_RELAENT = 9;
  private static final long RELA_BYTES = 24;

  private final List<Segment> segments = new ArrayList<>();
  private final Map<Integer, byte[]> contents = new TreeMap<>();
  private long entry = ENTRY;

  private record Segment(
      int type, long offset, long address, long fileBytes, long memoryBytes, long alignment) {}

  private SmallElf() {
    word(ENTRY, RETURN);
  }

  /**
   * The file that a line tells of.
   *
   * @param parts {@code elf}; {@code segment OFFSET ADDRESS FILE-BYTES MEMORY-BYTES}, aligned to a
   *     page of 4 KiB; {@code word OFFSET VALUE} and {@code byte OFFSET VALUE}; {@code entry
   *     ADDRESS}; {@code relocation BASE ADDRESS TYPE ADDEND}
   */
  static byte[] file(List<StepWords> parts) {
    SmallElf elf = new SmallElf();
    parts.forEach(elf::add);
    return elf.build();
  }

  private void add(StepWords part) {
    switch (part.next()) {
      case "elf" -> {}
      case "segment" ->
          segments.add(
              new Segment(
                  PT_LOAD, part.number(), part.number(), part.number(), part.number(), PAGE));
      case "word" -> word(part.integer(), part.integer());
      case "byte" -> contents.put(part.integer(), new byte[] {(byte) part.integer()});
      case "entry" -> entry = part.number();
      case "relocation" -> relocation(part.number(), part.number(), part.integer(), part.number());
      case String other -> throw new IllegalArgumentException("nothing of a file: " + other);
    }
  }

  private void word(int offset, int value) {
    contents.put(
        offset, ByteBuffer.allocate(Integer.BYTES).order(LITTLE_ENDIAN).putInt(value).array());
  }

  /**
   * A dynamic section at 0x400 with one relocation at 0x480.
   *
   * @param base what addresses are above offsets
   */
  private void relocation(long base, long address, int type, long addend) {
    int dynamic = 0x400;
    int table = 0x480;
    long[] entries = {
      DT_RELA, base + table, DT_RELASZ, RELA_BYTES, DT_RELAENT, RELA_BYTES, DT_NULL, 0,
    };
    longs(dynamic, entries);
    longs(table, address, type, addend);
    long length = (long) entries.length * Long.BYTES;
    segments.add(new Segment(PT_DYNAMIC, dynamic, base + dynamic, length, length, Long.BYTES));
  }

  private void longs(int offset, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    contents.put(offset, bytes.array());
  }

  private byte[] build() {
    byte[] file = new byte[BYTES];
    ByteBuffer out = ByteBuffer.wrap(file).order(LITTLE_ENDIAN);
    out.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1});
    out.putShort(TYPE, DYN).putShort(MACHINE, AARCH64).putInt(20, 1);
    out.putLong(24, entry).putLong(32, HEADER_BYTES);
    out.putShort(52, (short) HEADER_BYTES).putShort(54, (short) PROGRAM_HEADER_BYTES);
    out.putShort(56, (short) segments.size());
    int at = HEADER_BYTES;
    for (Segment segment : segments) {
      out.putInt(at, segment.type).putInt(at + 4, READ_WRITE_EXECUTE);
      out.putLong(at + 8, segment.offset).putLong(at + 16, segment.address);
      out.putLong(at + 32, segment.fileBytes).putLong(at + 40, segment.memoryBytes);
      out.putLong(at + 48, segment.alignment);
      at += PROGRAM_HEADER_BYTES;
    }
    contents.forEach((offset, bytes) -> out.put(offset, bytes));
    return file;
  }
}
