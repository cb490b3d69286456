package dev.roundhouse.emulator.unicorn.binding;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Registers that are read or written in one call, with native room for their values. A batch is a
 * list of runs of neighbours in {@link dev.roundhouse.kernel.abi.SavedRegisters}, so that values
 * move in a few block copies.
 */
public final class RegisterBatch {
  /** Registers {@code first} to {@code last}, both included. */
  public record Run(int first, int last) {
    int count() {
      return last - first + 1;
    }
  }

  private final Run[] runs;
  private final int count;
  private final MemorySegment identifiers;
  private final MemorySegment pointers;
  private final MemorySegment values;

  /** A batch of these runs of registers, for the life of {@code lifetime}. */
  public RegisterBatch(Arena lifetime, Run... runs) {
    this.runs = runs.clone();
    int registers = 0;
    for (Run run : runs) {
      registers += run.count();
    }
    count = registers;
    identifiers = lifetime.allocate(JAVA_INT, count);
    pointers = lifetime.allocate(JAVA_LONG, count);
    values = lifetime.allocate(JAVA_LONG, count);
    int slot = 0;
    for (Run run : runs) {
      for (int place = run.first(); place <= run.last(); place++) {
        identifiers.setAtIndex(JAVA_INT, slot, Arm64Register.at(place));
        pointers.setAtIndex(JAVA_LONG, slot, values.address() + slot * JAVA_LONG.byteSize());
        slot++;
      }
    }
  }

  long identifiers() {
    return identifiers.address();
  }

  long pointers() {
    return pointers.address();
  }

  long count() {
    return count;
  }

  /** Copies the values into their places. */
  public void store(long[] registers) {
    int slot = 0;
    for (Run run : runs) {
      for (int place = run.first; place <= run.last; place++) {
        registers[place] = values.getAtIndex(JAVA_LONG, slot++);
      }
    }
  }

  /** Copies the values from their places. */
  public void load(long[] registers) {
    int slot = 0;
    for (Run run : runs) {
      for (int place = run.first; place <= run.last; place++) {
        values.setAtIndex(JAVA_LONG, slot++, registers[place]);
      }
    }
  }
}
