package dev.roundhouse.emulator.conformance.processor;

import dev.roundhouse.emulator.platform.HostMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * RAM for one run after the other: what a run has written is cleaned for the next. So thousands of
 * short runs need no new memory of the operating system's. For one thread at a time.
 */
public final class ScriptMemory {
  private static final int PAGE_SHIFT = 12;
  private static final long PAGE_BYTES = 1L << PAGE_SHIFT;

  private MemorySegment memory = MemorySegment.NULL;
  private final BitSet writtenPages = new BitSet();

  /** Memory that is all zero; what was given before is used again, if it has as many bytes. */
  MemorySegment clean(long bytes) {
    if (memory.byteSize() != bytes) {
      memory = new HostMemory().reserve(bytes, Arena.ofAuto());
      writtenPages.clear();
    }
    int page = writtenPages.nextSetBit(0);
    while (page >= 0) {
      memory.asSlice(page * PAGE_BYTES, PAGE_BYTES).fill((byte) 0);
      page = writtenPages.nextSetBit(page + 1);
    }
    writtenPages.clear();
    return memory;
  }

  /** Bytes {@code start} to {@code end} (exclusive), counted from its start, have been written. */
  void written(long start, long end) {
    int first = (int) (start >>> PAGE_SHIFT);
    int last = (int) ((end - 1) >>> PAGE_SHIFT);
    if (first == last) {
      writtenPages.set(first);
    } else if (end > start) {
      writtenPages.set(first, last + 1);
    }
  }
}
