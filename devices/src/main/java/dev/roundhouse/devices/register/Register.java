package dev.roundhouse.devices.register;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One row of a {@link RegisterTable}: a 32-bit register with its name, place, access, reset value,
 * fields and effects. It is described once, then added to a table; afterwards it is the register's
 * value. Reads give that value, or what {@link #readBy} says, together with the fields that show
 * something of the device ({@link #flag}, {@link #shows}).
 */
public final class Register {
  private static final int NOT_NUMBERED = -1;

  private final String name;
  private final int offset;
  private final Access access;
  private int number = NOT_NUMBERED;
  private int writable = ~0;
  private IntSupplier kept = () -> 0;
  private int valueAfterReset;
  private int value;
  private List<Field> fields = List.of();
  private int unmodelled;
  private @Nullable IntSupplier reader;
  private Flag[] flags = {};
  private IntSupplier[] numbers = {};
  private @Nullable Runnable readEffect;
  private @Nullable BooleanSupplier enabled;
  private LongUnaryOperator steady = now -> Long.MAX_VALUE;
  private @Nullable IntConsumer writer;
  private NarrowWrite narrowWrite;

  private record Flag(int mask, BooleanSupplier condition) {}

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
    valueAfterReset = resetValue;
    value = resetValue;
    return this;
  }

  /** Gives it the value after reset, without any effect of writing. */
  public void restore() {
    value = valueAfterReset;
  }

  /** Writes leave those bits as they are that {@code now} has set. */
  public Register keeping(IntSupplier now) {
    kept = now;
    return this;
  }

  /** Reads are answered by {@code effect}. */
  public Register readBy(IntSupplier effect) {
    reader = effect;
    steady = now -> now;
    return this;
  }

  /** Reads show {@code condition} in {@code bit}. */
  public Register flag(Field bit, BooleanSupplier condition) {
    flags = Arrays.copyOf(flags, flags.length + 1);
    flags[flags.length - 1] = new Flag(bit.mask(), condition);
    steady = now -> now;
    return this;
  }

  /** Reads show {@code number} in {@code field}. */
  public Register shows(Field field, IntSupplier number) {
    numbers = Arrays.copyOf(numbers, numbers.length + 1);
    numbers[numbers.length - 1] = () -> field.with(number.getAsInt());
    steady = now -> now;
    return this;
  }

  /** Reads have an effect first. */
  public Register beforeRead(Runnable effect) {
    readEffect = effect;
    steady = now -> now;
    return this;
  }

  /** While {@code condition} does not hold, reads give 0 and writes are ignored. */
  public Register enabledBy(BooleanSupplier condition) {
    enabled = condition;
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

  /** What was last written, with what has changed it since. */
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

  /** Its place in the device, in bytes or as a number. */
  public int offset() {
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

  /** Reads the register as a program does. */
  public int read() {
    if (enabled != null && !enabled.getAsBoolean()) {
      return 0;
    }
    if (readEffect != null) {
      readEffect.run();
    }
    return switch (access) {
      case RO, RW, W1C, W1S -> current();
      case WO, RESERVED -> 0;
      case UNMODELLED -> value;
    };
  }

  /** Writes the register as a program does. */
  public void write(int written) {
    if (enabled != null && !enabled.getAsBoolean()) {
      return;
    }
    int fixed = kept.getAsInt();
    int bits = (written & writable & ~fixed) | (value & fixed);
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
    int bits = reader == null ? value : reader.getAsInt();
    for (Flag flag : flags) {
      bits |= flag.condition.getAsBoolean() ? flag.mask : 0;
    }
    for (IntSupplier number : numbers) {
      bits |= number.getAsInt();
    }
    return bits;
  }
}
