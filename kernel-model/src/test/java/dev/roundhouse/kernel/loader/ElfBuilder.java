package dev.roundhouse.kernel.loader;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds ELF files for tests, well-formed unless a test patches them. */
public final class ElfBuilder {
  public static final int PT_LOAD = 1;
  public static final int PT_DYNAMIC = 2;
  public static final int PT_INTERP = 3;
  public static final int PT_GNU_RELRO = 0x6474E552;
  public static final int HEADER = 64;
  public static final int PHDR = 56;

  private final List<long[]> headers = new ArrayList<>();
  private final Map<Integer, byte[]> patches = new LinkedHashMap<>();
  private long entry;
  private int size = 0x1000;
  private long shoff;
  private int shnum;

  /** A program of one segment at 0 with the whole file, entered at 0x200. */
  public static ElfBuilder program() {
    return new ElfBuilder().entry(0x200).header(PT_LOAD, 0, 0, 0x1000, 0x1000, 0x1000);
  }

  public static byte[] smallProgram() {
    return program().build();
  }

  public ElfBuilder entry(long address) {
    entry = address;
    return this;
  }

  public ElfBuilder size(int bytes) {
    size = bytes;
    return this;
  }

  public ElfBuilder sections(long offset, int count) {
    shoff = offset;
    shnum = count;
    return this;
  }

  /** type, p_offset, p_vaddr, p_filesz, p_memsz, p_align. */
  public ElfBuilder header(int type, long... fields) {
    long[] all = new long[6];
    all[0] = type;
    System.arraycopy(fields, 0, all, 1, fields.length);
    headers.add(all);
    return this;
  }

  /** Sets p_flags of a program header. */
  public ElfBuilder flags(int index, int flags) {
    return bytes(HEADER + index * PHDR + Integer.BYTES, (byte) flags);
  }

  public ElfBuilder longs(int offset, long... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      buffer.putLong(value);
    }
    return bytes(offset, buffer.array());
  }

  public ElfBuilder bytes(int offset, byte... values) {
    patches.put(offset, values);
    return this;
  }

  public byte[] build() {
    byte[] file = new byte[size];
    ByteBuffer out = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1});
    out.putShort(16, (short) 3).putShort(18, (short) 183).putInt(20, 1);
    out.putLong(24, entry).putLong(32, HEADER).putLong(40, shoff);
    out.putShort(52, (short) HEADER).putShort(54, (short) PHDR);
    out.putShort(56, (short) headers.size());
    out.putShort(58, (short) 64).putShort(60, (short) shnum);
    int at = HEADER;
    for (long[] header : headers) {
      out.putInt(at, (int) header[0]).putInt(at + 4, 7);
      out.putLong(at + 8, header[1]).putLong(at + 16, header[2]);
      out.putLong(at + 32, header[3]).putLong(at + 40, header[4]).putLong(at + 48, header[5]);
      at += PHDR;
    }
    patches.forEach((offset, bytes) -> out.put(offset, bytes));
    return file;
  }
}
