package dev.roundhouse.emulator.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Host memory that the guest sees as RAM from {@code address} on. */
public record GuestWindow(long address, MemorySegment memory) {
  private static final ValueLayout.OfInt INSTRUCTION = ValueLayout.JAVA_INT_UNALIGNED;

  /** The instruction at an address, or 0, which is undefined, where no RAM is. */
  public int instruction(long at) {
    long offset = at - address;
    return offset >= 0 && offset <= memory.byteSize() - INSTRUCTION.byteSize()
        ? memory.get(INSTRUCTION, offset)
        : 0;
  }

  /** Whether RAM is at an address. */
  public boolean contains(long at) {
    return at >= address && at - address < memory.byteSize();
  }
}
