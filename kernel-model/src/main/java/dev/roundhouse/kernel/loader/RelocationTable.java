package dev.roundhouse.kernel.loader;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/** The relocations of a file, which may have millions: 16 bytes for each. */
final class RelocationTable extends AbstractList<Relocation> implements RandomAccess {
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

  @Override
  public Relocation get(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return new Relocation(offsets[index], addends[index]);
  }

  @Override
  public int size() {
    return size;
  }
}
