package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.cpu.CoreRegisters;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;
import java.util.OptionalLong;
import java.util.function.LongToIntFunction;

/**
 * Instructions that the engine does not know and the chip does: MRS and MSR of registers that are
 * ours, and {@code hlt #0xf000}, which asks a debugger for a service.
 */
final class UndefinedInstructions {
  private static final int INSTRUCTION_BYTES = 4;
  private static final int CLASS_SHIFT = 26;
  private static final int SEMIHOSTING_CALL = 0xd45e0000;
  private static final int SYSTEM_MOVE = 0xd5180000;
  private static final int SYSTEM_MOVE_MASK = 0xffd80000;
  private static final int READ = 1 << 21;
  private static final int KEY_SHIFT = 5;
  private static final int KEY_MASK = CoreRegisters.KEYS - 1;
  private static final int REGISTER_MASK = 31;

  private final SystemWindow window;
  private final LongToIntFunction memory;
  private final CoreRegisters registers;

  /** What was made of an instruction. */
  enum Treatment {
    /** Nothing: it is undefined, or it is a trap. */
    UNKNOWN,
    /** It is executed. */
    DONE,
    /** Somebody must serve it; pc is behind it. */
    SEMIHOSTING
  }

  /** Reads instructions by {@code memory}, which gives the one at a virtual address. */
  UndefinedInstructions(SystemWindow window, LongToIntFunction memory, CoreRegisters registers) {
    this.window = window;
    this.memory = memory;
    this.registers = registers;
  }

  /** Treats the instruction at pc. */
  Treatment treat() {
    if (window.syndrome() >>> CLASS_SHIFT != 0) {
      return Treatment.UNKNOWN;
    }
    int instruction = memory.applyAsInt(window.pc());
    if (instruction == SEMIHOSTING_CALL && window.level() > 0) {
      window.setPc(window.pc() + INSTRUCTION_BYTES);
      return Treatment.SEMIHOSTING;
    }
    if ((instruction & SYSTEM_MOVE_MASK) != SYSTEM_MOVE || !move(instruction)) {
      return Treatment.UNKNOWN;
    }
    window.setPc(window.pc() + INSTRUCTION_BYTES);
    return Treatment.DONE;
  }

  private boolean move(int instruction) {
    int key = instruction >>> KEY_SHIFT & KEY_MASK;
    if (CoreRegisters.lowestLevel(key) > window.level()) {
      return false;
    }
    int number = instruction & REGISTER_MASK;
    if ((instruction & READ) == 0) {
      long value = number == REGISTER_MASK ? 0 : window.general(number);
      return registers.write(key, value, window.level());
    }
    OptionalLong value = registers.read(key, window.level());
    if (value.isPresent() && number != REGISTER_MASK) {
      window.setGeneral(number, value.getAsLong());
    }
    return value.isPresent();
  }
}
