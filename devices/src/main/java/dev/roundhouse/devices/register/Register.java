package dev.roundhouse.devices.register;

import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One row of a {@link RegisterTable}: a 32-bit register with its name, place, access, reset value,
 * fields and effects. It is described once, then added to a table; afterwards it is the register's
 * value. A register with effects on reading (see {@link #readBy}) holds no value of its own.
 */
public final class Register {
  private static final int NOT_NUMBERED = -1;

  private final String name;
  private final int offset;
  private final Access access;
  private int number = NOT_NUMBERED;
  private int writable = ~0;
  private int value;
  private List<Field> fields = List.of();
  private int unmodelled;
  private @Nullable IntSupplier reader;
  private LongUnaryOperator steady = now -> Long.MAX_VALUE;
  private @Nullable IntConsumer writer;
  private NarrowWrite narrowWrite;

  private Register(String name, int offset, Access access) {
    this.name = name;
    this.offset = offset;
    this.access = access;
    this.narrowWrite =
        access == Access.RW ? NarrowWrite.KEEPS_THE_REST : NarrowWrite.ZEROES_THE_REST;
  }

  /**
   * Begins a row.
   *
   * @param name as in the manual
   * @param offset from the start of the device, a multiple of 4
   * @param access what reading and writing does
   */
  public static Register of(String name, int offset, Access access) {
    return new Register(name, offset, access);
  }

  /** The row's number among rows of the same name, such as 3 in {@code ISENABLER3}. */
  public Register numbered(int index) {
    number = index;
    return this;
  }

  /** Only the low {@code width} bits can be written. */
  public Register bits(int width) {
    writable = (int) ((1L << width) - 1);
    return this;
  }

  /** The fields; no other bit can be written. */
  public Register fields(Field... all) {
    fields = List.of(all);
    writable = 0;
    for (Field field : all) {
      writable |= field.mask();
      unmodelled |= field.support() == Support.UNMODELLED ? field.mask() : 0;
    }
    return this;
  }

  /** The value after reset; 0 if not given. */
  public Register reset(int resetValue) {
    value = resetValue;
    return this;
  }

  /** Reads are answered by {@code effect}. */
  public Register readBy(IntSupplier effect) {
    reader = effect;
    steady = now -> now;
    return this;
  }

  /**
   * Reads after one at a time give the same value up to the time that {@code until} says, and from
   * the third on they do nothing. Only rows with an effect on reading need it.
   *
   * @param until from a time to a time, in nanoseconds of virtual time; see {@link
   *     dev.roundhouse.devices.bus.MmioDevice#steadyUntil}
   */
  public Register steady(LongUnaryOperator until) {
    steady = until;
    return this;
  }

  /** The same up to the next alarm, write or input, however late that is. */
  public Register steady() {
    return steady(now -> Long.MAX_VALUE);
  }

  /**
   * Writes end in {@code effect}, which gets the writable bits of the value written; for a RW
   * register that is its new value, for W1C and W1S the bits to clear or set.
   */
  public Register writtenBy(IntConsumer effect) {
    writer = effect;
    return this;
  }

  /** What narrow writes do; RW registers keep the rest, others zero it if not given. */
  public Register narrowWrites(NarrowWrite rule) {
    narrowWrite = rule;
    return this;
  }

  /** The present value of a register without an effect on reading. */
  public int value() {
    return value;
  }

  /** Whether any of the field's bits is set. */
  public boolean has(Field field) {
    return field.isSetIn(value);
  }

  /** The name with its number, such as {@code ISENABLER3}. */
  public String name() {
    return number == NOT_NUMBERED ? name : name + number;
  }

  int offset() {
    return offset;
  }

  Access access() {
    return access;
  }

  /** The bits of fields that are not modelled. */
  int unmodelled() {
    return unmodelled;
  }

  /** The names of the unmodelled fields that have a bit set in {@code written}. */
  String unmodelledIn(int written) {
    StringJoiner names = new StringJoiner(", ");
    for (Field field : fields) {
      if (field.support() == Support.UNMODELLED && field.isSetIn(written)) {
        names.add(name() + "." + field.name());
      }
    }
    return names.toString();
  }

  long steadyUntil(long nowNanos) {
    return steady.applyAsLong(nowNanos);
  }

  int read() {
    return switch (access) {
      case RO, RW, W1C, W1S -> current();
      case WO, RESERVED -> 0;
      case UNMODELLED -> value;
    };
  }

  void write(int written) {
    int bits = written & writable;
    value =
        switch (access) {
          case RW -> bits;
          case W1C -> value & ~bits;
          case W1S -> value | bits;
          case WO, RO, RESERVED, UNMODELLED -> value;
        };
    if (writer != null && access.takesWrites()) {
      writer.accept(bits);
    }
  }

  /** The bytes that a narrow write leaves as they are. */
  int rest() {
    return narrowWrite == NarrowWrite.KEEPS_THE_REST ? current() : 0;
  }

  private int current() {
    return reader == null ? value : reader.getAsInt();
  }
}
