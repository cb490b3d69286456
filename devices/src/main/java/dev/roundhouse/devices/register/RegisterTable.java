package dev.roundhouse.devices.register;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.trace.Warnings;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The registers of a device: the only way to declare them. Accesses of 1, 2, 4 and 8 bytes at any
 * offset are taken apart into 32-bit registers, lowest address first. What is not modelled (a
 * register, a field, a hole in the table) works as {@link Access} says and is a visible warning at
 * its first use, up to a bound, as code that runs wild writes everywhere.
 */
public final class RegisterTable implements MmioDevice {
  private static final int WORD_BYTES = 4;
  private static final int WORD_SHIFT = 2;
  private static final int BYTE_IN_WORD = WORD_BYTES - 1;
  private static final int MOST_WARNINGS = 16;

  private final String device;
  private final Warnings warnings;
  private final @Nullable Register[] rows;
  private final BitSet warned = new BitSet();

  /**
   * A table without rows.
   *
   * @param device the device's name for warnings, such as {@code UART2}
   * @param length bytes of its address range, a multiple of 4
   * @param warnings told of what is used and not modelled
   */
  public RegisterTable(String device, int length, Warnings warnings) {
    this.device = device;
    this.warnings = warnings;
    this.rows = new Register[length / WORD_BYTES];
  }

  /**
   * Adds a row and returns it.
   *
   * @throws IllegalArgumentException if its offset is not a free word of the table
   */
  public Register add(Register register) {
    int word = register.offset() >>> WORD_SHIFT;
    if ((register.offset() & BYTE_IN_WORD) != 0 || word >= rows.length || rows[word] != null) {
      throw new IllegalArgumentException(
          "%s: no place for %s at 0x%x".formatted(device, register.name(), register.offset()));
    }
    rows[word] = register;
    return register;
  }

  @Override
  public long read(int offset, int bytes) {
    if (bytes == WORD_BYTES && (offset & BYTE_IN_WORD) == 0) {
      return Integer.toUnsignedLong(readWord(offset >>> WORD_SHIFT));
    }
    long value = 0;
    for (int done = 0; done < bytes; ) {
      int at = offset + done;
      int part = Math.min(bytes - done, WORD_BYTES - (at & BYTE_IN_WORD));
      long word = Integer.toUnsignedLong(readWord(at >>> WORD_SHIFT));
      value |= ((word >>> bits(at & BYTE_IN_WORD)) & lowBytes(part)) << bits(done);
      done += part;
    }
    return value;
  }

  @Override
  public long steadyUntil(int offset, long nowNanos) {
    int word = offset >>> WORD_SHIFT;
    Register register = word < rows.length ? rows[word] : null;
    return register == null ? nowNanos : register.steadyUntil(nowNanos);
  }

  @Override
  public void write(int offset, int bytes, long value) {
    if (bytes == WORD_BYTES && (offset & BYTE_IN_WORD) == 0) {
      writeWord(offset >>> WORD_SHIFT, (int) value, (int) lowBytes(WORD_BYTES));
      return;
    }
    for (int done = 0; done < bytes; ) {
      int at = offset + done;
      int shift = bits(at & BYTE_IN_WORD);
      int part = Math.min(bytes - done, WORD_BYTES - (at & BYTE_IN_WORD));
      int mask = (int) (lowBytes(part) << shift);
      writeWord(at >>> WORD_SHIFT, (int) ((value >>> bits(done)) << shift), mask);
      done += part;
    }
  }

  private int readWord(int word) {
    Register register = word < rows.length ? rows[word] : null;
    if (register == null) {
      warnOfHole(word);
      return 0;
    }
    if (register.access() == Access.UNMODELLED) {
      warnOfRegister(word, register);
    }
    return register.read();
  }

  private void writeWord(int word, int value, int mask) {
    Register register = word < rows.length ? rows[word] : null;
    if (register == null) {
      warnOfHole(word);
      return;
    }
    if (register.access() == Access.UNMODELLED) {
      warnOfRegister(word, register);
    }
    if ((value & mask & register.unmodelled()) != 0) {
      warnOfFields(word, register, value & mask);
    }
    register.write(mask == ~0 ? value : (register.rest() & ~mask) | (value & mask));
  }

  private void warnOfFields(int word, Register register, int value) {
    if (firstUse(word)) {
      warn(register.unmodelledIn(value) + ": not modelled, it is stored without effect");
    }
  }

  private void warnOfRegister(int word, Register register) {
    if (firstUse(word)) {
      warn(
          "%s is not modelled: reads give 0x%x, writes are dropped"
              .formatted(register.name(), register.read()));
    }
  }

  private void warnOfHole(int word) {
    if (firstUse(word)) {
      warn(
          "no register is modelled at offset 0x%x: reads give 0, writes are dropped"
              .formatted(word << WORD_SHIFT));
    }
  }

  private boolean firstUse(int word) {
    if (warned.get(word) || warned.cardinality() == MOST_WARNINGS) {
      return false;
    }
    warned.set(word);
    return true;
  }

  private void warn(String what) {
    boolean isLast = warned.cardinality() == MOST_WARNINGS;
    warnings.warn(device, isLast ? what + " (no more of its registers are reported)" : what);
  }

  private static int bits(int bytes) {
    return bytes * Byte.SIZE;
  }

  private static long lowBytes(int bytes) {
    return (1L << bits(bytes)) - 1;
  }
}
