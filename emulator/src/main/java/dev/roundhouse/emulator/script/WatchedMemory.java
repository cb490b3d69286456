package dev.roundhouse.emulator.script;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.PhysicalMemory;
import java.util.Arrays;

/**
 * RAM that keeps where it was written: so that it can be cleaned for the next run without clearing
 * all of it, and so that what the kernel writes can be looked at.
 */
public final class WatchedMemory implements PhysicalMemory {
  private static final int INITIAL_WRITES = 256;

  private final PhysicalMemory memory;
  private long[] starts = new long[INITIAL_WRITES];
  private long[] lengths = new long[INITIAL_WRITES];
  private int writes;

  /** Watches {@code memory}, which is all zero. */
  WatchedMemory(PhysicalMemory memory) {
    this.memory = memory;
  }

  /** How many times it was written since it was clean. */
  public int writes() {
    return writes;
  }

  /** Where write number {@code index}, from 0 on, began. */
  public long start(int index) {
    return starts[index];
  }

  /** How many bytes write number {@code index} had. */
  public long length(int index) {
    return lengths[index];
  }

  /** Makes all of it zero. */
  void clean() {
    for (int index = 0; index < writes; index++) {
      memory.fill(starts[index], lengths[index], (byte) 0);
    }
    writes = 0;
  }

  private void note(long start, long length) {
    if (length == 0) {
      return;
    }
    if (writes == starts.length) {
      starts = Arrays.copyOf(starts, 2 * writes);
      lengths = Arrays.copyOf(lengths, 2 * writes);
    }
    starts[writes] = start;
    lengths[writes++] = length;
  }

  @Override
  public AddressRange range() {
    return memory.range();
  }

  @Override
  public boolean contains(long address, long length) {
    return memory.contains(address, length);
  }

  @Override
  public byte getByte(long address) {
    return memory.getByte(address);
  }

  @Override
  public int getInt(long address) {
    return memory.getInt(address);
  }

  @Override
  public long getLong(long address) {
    return memory.getLong(address);
  }

  @Override
  public void putByte(long address, byte value) {
    memory.putByte(address, value);
    note(address, Byte.BYTES);
  }

  @Override
  public void putInt(long address, int value) {
    memory.putInt(address, value);
    note(address, Integer.BYTES);
  }

  @Override
  public void putLong(long address, long value) {
    memory.putLong(address, value);
    note(address, Long.BYTES);
  }

  @Override
  public void copy(long from, long to, long length) {
    memory.copy(from, to, length);
    note(to, length);
  }

  @Override
  public void read(long address, byte[] into, int offset, int length) {
    memory.read(address, into, offset, length);
  }

  @Override
  public void write(long address, byte[] from, int offset, int length) {
    memory.write(address, from, offset, length);
    note(address, length);
  }

  @Override
  public void fill(long address, long length, byte value) {
    memory.fill(address, length, value);
    if (value != 0) {
      note(address, length);
    }
  }
}
