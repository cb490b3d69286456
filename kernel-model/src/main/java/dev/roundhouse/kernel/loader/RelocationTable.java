package dev.roundhouse.kernel.loader;

import java.util.Arrays;

/**
 * The R_AARCH64_RELATIVE relocations of a file (ELF for the Arm 64-bit Architecture, IHI 0056B,
 * 4.6.9): the 64-bit word at an offset plus load bias becomes an addend plus load bias. There may
 * be millions: 16 bytes for each.
 */
final class RelocationTable {
  private long[] offsets = {};
  private long[] addends = {};
  private int size;

  /** Makes room for so many more. */
  void reserve(int more) {
    offsets = Arrays.copyOf(offsets, size + more);
    addends = Arrays.copyOf(addends, size + more);
  }

  /** Appends one for which there is room. */
  void append(long offset, long addend) {
    offsets[size] = offset;
    addends[size] = addend;
    size++;
  }

  long offset(int index) {
    return offsets[index];
  }

  long addend(int index) {
    return addends[index];
  }

  int size() {
    return size;
  }
}
