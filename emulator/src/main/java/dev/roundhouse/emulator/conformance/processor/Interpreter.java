package dev.roundhouse.emulator.conformance.processor;

import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.MmioPort;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Instruction} does to registers, memory and devices.
 *
 * <p>Register 31 is sp as a base and in additions of a number, and 0 elsewhere.
 */
final class Interpreter {
  /** A distance of 19 bits, in instructions. */
  static final int DISTANCE_MASK = 0x7_FFFF;

  private static final int DISTANCE_BITS = 19;
  private static final int LONG_DISTANCE_BITS = 26;
  private static final int REGISTER_MASK = 31;
  private static final int NO_REGISTER = 31;
  private static final long NUMBER_MASK = 0xFFF;
  private static final int HALF_BITS = 16;
  private static final long HALF_MASK = 0xFFFF;
  private static final int HALVES_MASK = 3;
  private static final long WORD_MASK = 0xFFFF_FFFFL;
  private static final long NEGATIVE = 1L << 31;
  private static final long ZERO = 1L << 30;
  private static final long CARRY = 1L << 29;
  private static final long OVERFLOW = 1L << 28;
  private static final long CONDITIONS = NEGATIVE | ZERO | CARRY | OVERFLOW;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final MmioPort NOTHING_THERE =
      new MmioPort() {
        @Override
        public long read(long address, int bytes) {
          return 0;
        }

        @Override
        public void write(long address, int bytes, long value) {
          // Nobody takes it.
        }
      };

  private final long ramStart;
  private final MemorySegment ram;
  private final ScriptMemory written;
  private final long[] registers;
  private MmioWindow devices = new MmioWindow(0, 0, NOTHING_THERE);
  private boolean isAtDevice;

  /**
   * An interpreter that works on {@code registers}, x0 to x30, sp, pc, pstate.
   *
   * @param written told of what it writes
   */
  Interpreter(GuestWindow ram, ScriptMemory written, long[] registers) {
    this.written = written;
    this.ramStart = ram.address();
    this.ram = ram.memory();
    this.registers = registers;
  }

  void attach(MmioWindow newDevices) {
    devices = newDevices;
  }

  /** Whether a device is being accessed. */
  boolean isAtDevice() {
    return isAtDevice;
  }

  /** The 16 bits of a move or of a supervisor call. */
  static int immediate(int word) {
    return (word >>> Instruction.FIRST) & (int) HALF_MASK;
  }

  /** The register that an instruction writes. */
  static int target(int word) {
    return word & REGISTER_MASK;
  }

  /**
   * Does an instruction at {@code at}, which is no supervisor call, and sets pc behind it, or to
   * where it branches.
   *
   * @return why it could not be done; null if it was
   */
  @Nullable Fault execute(Instruction instruction, int word, long at) {
    registers[SavedRegisters.PC] = at + Instruction.BYTES;
    switch (instruction) {
      case STORE_AT -> {
        return store(first(word) + second(word), Long.BYTES, value(target(word)));
      }
      case STORE -> {
        return store(base(word) + Long.BYTES * number(word), Long.BYTES, value(target(word)));
      }
      case STORE_WORD -> {
        return store(base(word) + Integer.BYTES * number(word), Integer.BYTES, value(target(word)));
      }
      case LOAD_WORD -> {
        return load(base(word) + Integer.BYTES * number(word), Integer.BYTES, target(word));
      }
      case LOAD_SIGNED_WORD_AT -> {
        Fault fault = load(first(word) + second(word), Integer.BYTES, target(word));
        if (fault == null) {
          set(target(word), value(target(word)) << Integer.SIZE >> Integer.SIZE);
        }
        return fault;
      }
      case LOAD_NEXT_BYTE -> {
        return stepIfDone(load(base(word), Byte.BYTES, target(word)), word);
      }
      case STORE_NEXT_BYTE -> {
        return stepIfDone(store(base(word), Byte.BYTES, value(target(word))), word);
      }
      default -> compute(instruction, word, at);
    }
    return null;
  }

  private void compute(Instruction instruction, int word, long at) {
    switch (instruction) {
      case ADR -> set(target(word), at + distance(word));
      case MOVE -> set(target(word), second(word));
      case MOVE_ZEROING -> set(target(word), (long) immediate(word) << shift(word));
      case MOVE_KEEPING -> {
        long others = value(target(word)) & ~(HALF_MASK << shift(word));
        set(target(word), others | (long) immediate(word) << shift(word));
      }
      case ADD -> set(target(word), first(word) + second(word));
      case ADD_WORD -> set(target(word), (first(word) + second(word)) & WORD_MASK);
      case ADD_NUMBER -> registers[target(word)] = base(word) + number(word);
      case SUBTRACT_NUMBER -> set(target(word), subtract(base(word), number(word)));
      case COMPARE -> {
        long _ = subtract(first(word), second(word));
      }
      case SELECT_LOWER -> set(target(word), isSet(CARRY) ? second(word) : first(word));
      default -> branch(instruction, word, at);
    }
  }

  private void branch(Instruction instruction, int word, long at) {
    switch (instruction) {
      case BRANCH -> jump(at + longDistance(word));
      case BRANCH_WITH_LINK -> {
        registers[SavedRegisters.LR] = at + Instruction.BYTES;
        jump(at + longDistance(word));
      }
      case BRANCH_IF_NOT_EQUAL -> {
        if (!isSet(ZERO)) {
          jump(at + distance(word));
        }
      }
      case BRANCH_IF_ZERO -> {
        if (value(target(word)) == 0) {
          jump(at + distance(word));
        }
      }
      case RETURN -> jump(first(word));
      case NO_OPERATION -> {}
      default -> throw new IllegalArgumentException("not for the interpreter: " + instruction);
    }
  }

  private void jump(long address) {
    registers[SavedRegisters.PC] = address;
  }

  private long subtract(long from, long number) {
    long result = from - number;
    long conditions =
        (result < 0 ? NEGATIVE : 0)
            | (result == 0 ? ZERO : 0)
            | (Long.compareUnsigned(from, number) >= 0 ? CARRY : 0)
            | (((from ^ number) & (from ^ result)) < 0 ? OVERFLOW : 0);
    registers[SavedRegisters.PSTATE] =
        (registers[SavedRegisters.PSTATE] & ~CONDITIONS) | conditions;
    return result;
  }

  private boolean isSet(long condition) {
    return (registers[SavedRegisters.PSTATE] & condition) != 0;
  }

  private @Nullable Fault stepIfDone(@Nullable Fault fault, int word) {
    if (fault == null) {
      registers[baseRegister(word)]++;
    }
    return fault;
  }

  private @Nullable Fault load(long address, int bytes, int target) {
    if (isRam(address, bytes)) {
      long at = address - ramStart;
      set(
          target,
          bytes == Integer.BYTES
              ? ram.get(INT, at) & WORD_MASK
              : Byte.toUnsignedLong(ram.get(ValueLayout.JAVA_BYTE, at)));
      return null;
    }
    if (!isDevice(address, bytes)) {
      return new Fault.DataAbort(address, bytes, Fault.Access.READ);
    }
    isAtDevice = true;
    set(target, devices.port().read(address, bytes));
    isAtDevice = false;
    return null;
  }

  private @Nullable Fault store(long address, int bytes, long value) {
    if (isRam(address, bytes)) {
      long at = address - ramStart;
      switch (bytes) {
        case Long.BYTES -> ram.set(LONG, at, value);
        case Integer.BYTES -> ram.set(INT, at, (int) value);
        default -> ram.set(ValueLayout.JAVA_BYTE, at, (byte) value);
      }
      written.written(at, at + bytes);
      return null;
    }
    if (!isDevice(address, bytes)) {
      return new Fault.DataAbort(address, bytes, Fault.Access.WRITE);
    }
    isAtDevice = true;
    devices.port().write(address, bytes, bytes == Integer.BYTES ? value & WORD_MASK : value);
    isAtDevice = false;
    return null;
  }

  private boolean isRam(long address, int bytes) {
    return address >= ramStart && address - ramStart <= ram.byteSize() - bytes;
  }

  private boolean isDevice(long address, int bytes) {
    return address >= devices.start() && address - devices.start() <= devices.bytes() - bytes;
  }

  private long value(int register) {
    return register == NO_REGISTER ? 0 : registers[register];
  }

  private void set(int register, long value) {
    if (register != NO_REGISTER) {
      registers[register] = value;
    }
  }

  private static int baseRegister(int word) {
    return (word >>> Instruction.FIRST) & REGISTER_MASK;
  }

  private long base(int word) {
    return registers[baseRegister(word)];
  }

  private long first(int word) {
    return value(baseRegister(word));
  }

  private long second(int word) {
    return value((word >>> Instruction.SECOND) & REGISTER_MASK);
  }

  private static long number(int word) {
    return (word >>> Instruction.NUMBER) & NUMBER_MASK;
  }

  private static int shift(int word) {
    return HALF_BITS * ((word >>> Instruction.HALF) & HALVES_MASK);
  }

  private static long distance(int word) {
    return signed(word >>> Instruction.FIRST, DISTANCE_BITS) * Instruction.BYTES;
  }

  private static long longDistance(int word) {
    return signed(word, LONG_DISTANCE_BITS) * Instruction.BYTES;
  }

  private static long signed(long value, int bits) {
    return value << (Long.SIZE - bits) >> (Long.SIZE - bits);
  }
}
