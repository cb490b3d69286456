package dev.roundhouse.emulator.ports;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.PhysicalMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The RAM that guest code and the kernel model share. A write of the model's is told to the
 * processor, which may have translated code there.
 */
public final class GuestRam implements PhysicalMemory {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Hears of writes to RAM that the processor did not make itself. */
  public interface CodeWatch {
    /** Bytes {@code start} to {@code end} (exclusive) have been written. */
    void written(long start, long end);
  }

  private final AddressRange range;
  private final MemorySegment memory;
  private final long base;
  private CodeWatch watch = (start, end) -> {};

  /** RAM at {@code base}, as large as the memory. */
  public GuestRam(long base, MemorySegment memory) {
    this.base = base;
    this.memory = memory;
    range = new AddressRange(base, memory.byteSize());
  }

  public void watchedBy(CodeWatch newWatch) {
    watch = newWatch;
  }

  @Override
  public AddressRange range() {
    return range;
  }

  @Override
  public boolean contains(long address, long length) {
    long offset = address - base;
    return offset >= 0 && length >= 0 && length <= memory.byteSize() - offset;
  }

  @Override
  public byte getByte(long address) {
    return memory.get(BYTE, address - base);
  }

  @Override
  public int getInt(long address) {
    return memory.get(INT, address - base);
  }

  @Override
  public long getLong(long address) {
    return memory.get(LONG, address - base);
  }

  @Override
  public void putByte(long address, byte value) {
    memory.set(BYTE, address - base, value);
    watch.written(address, address + Byte.BYTES);
  }

  @Override
  public void putInt(long address, int value) {
    memory.set(INT, address - base, value);
    watch.written(address, address + Integer.BYTES);
  }

  @Override
  public void putLong(long address, long value) {
    memory.set(LONG, address - base, value);
    watch.written(address, address + Long.BYTES);
  }

  @Override
  public void copy(long from, long to, long length) {
    MemorySegment.copy(memory, from - base, memory, to - base, length);
    watch.written(to, to + length);
  }

  @Override
  public void read(long address, byte[] into, int offset, int length) {
    MemorySegment.copy(memory, BYTE, address - base, into, offset, length);
  }

  @Override
  public void write(long address, byte[] from, int offset, int length) {
    MemorySegment.copy(from, offset, memory, BYTE, address - base, length);
    watch.written(address, address + length);
  }

  @Override
  public void fill(long address, long length, byte value) {
    memory.asSlice(address - base, length).fill(value);
    watch.written(address, address + length);
  }
}
