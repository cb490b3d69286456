package dev.roundhouse.emulator.conformance.cases;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  static final int ENTRY = 0x200;

  /** Bytes of the file. */
  static final int BYTES = 0x1000;

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

  /** A file with one segment at 0 that has all of the file. */
  static SmallElf whole() {
    return empty().segment(0, 0, BYTES, BYTES);
  }

  /** A file without segments. */
  static SmallElf empty() {
    return new SmallElf().word(ENTRY, RETURN);
  }

  /** A segment to load, aligned to a page of 4 KiB. */
  SmallElf segment(long offset, long address, long fileBytes, long memoryBytes) {
    return segment(new Segment(PT_LOAD, offset, address, fileBytes, memoryBytes, PAGE));
  }

  private SmallElf segment(Segment segment) {
    segments.add(segment);
    return this;
  }

  /** The entry point's address. */
  SmallElf entry(long address) {
    entry = address;
    return this;
  }

  /** A 32-bit word in the file. */
  SmallElf word(int offset, int value) {
    return bytes(
        offset,
        (byte) value,
        (byte) (value >>> Byte.SIZE),
        (byte) (value >>> (2 * Byte.SIZE)),
        (byte) (value >>> (3 * Byte.SIZE)));
  }

  /** Any bytes in the file. */
  SmallElf bytes(int offset, byte... values) {
    contents.put(offset, values.clone());
    return this;
  }

  /**
   * A dynamic section at 0x400 with one relocation at 0x480; the file's addresses are its offsets.
   *
   * @param type 1027 for R_AARCH64_RELATIVE
   */
  SmallElf relocation(long address, int type, long addend) {
    return relocationAt(0, address, type, addend);
  }

  /** The same in a file whose addresses are its offsets and {@code base}. */
  SmallElf relocationAt(long base, long address, int type, long addend) {
    int dynamic = 0x400;
    int table = 0x480;
    long[] entries = {
      DT_RELA, base + table, DT_RELASZ, RELA_BYTES, DT_RELAENT, RELA_BYTES, DT_NULL, 0,
    };
    longs(dynamic, entries);
    longs(table, address, type, addend);
    long length = (long) entries.length * Long.BYTES;
    return segment(new Segment(PT_DYNAMIC, dynamic, base + dynamic, length, length, Long.BYTES));
  }

  private void longs(int offset, long... values) {
    int at = offset;
    for (long value : values) {
      word(at, (int) value);
      word(at + Integer.BYTES, (int) (value >>> Integer.SIZE));
      at += Long.BYTES;
    }
  }

  /** The file. */
  byte[] build() {
    byte[] file = new byte[BYTES];
    ByteBuffer out = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
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
