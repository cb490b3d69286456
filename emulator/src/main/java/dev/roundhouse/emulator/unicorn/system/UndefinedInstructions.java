package dev.roundhouse.emulator.unicorn.system;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongToIntFunction;

/**
 * Instructions that the engine does not know and the chip does: the implementation-defined system
 * registers of a Cortex-A72 (Cortex-A72 TRM, 4.3; CRn 11 and 15), which keep what is written and do
 * nothing, and {@code hlt #0xf000}, which asks a debugger for a service.
 */
final class UndefinedInstructions {
  private static final int INSTRUCTION_BYTES = 4;
  private static final int SEMIHOSTING_CALL = 0xd45e0000;
  private static final int OP0_3 = 0x3;
  private static final int SYSTEM_MOVE = 0xd5100000;
  private static final int SYSTEM_MOVE_MASK = 0xffd00000;
  private static final int READ = 1 << 21;
  private static final int OP0_SHIFT = 19;
  private static final int CRN_SHIFT = 12;
  private static final int CRN_MASK = 0xf;
  private static final int PLACE_SHIFT = 5;
  private static final int PLACE_MASK = 0x7fff;
  private static final int REGISTER_MASK = 31;

  /** L2CTLR_EL1 as the Raspberry Pi 4 has it: four cores. */
  private static final int L2CTLR_EL1 = 0x4d82;

  private static final long FOUR_CORES = 3L << 24;

  private final SystemWindow window;
  private final LongToIntFunction memory;
  private final SortedMap<Integer, Long> kept = new TreeMap<>();

  /** What was made of an instruction. */
  enum Treatment {
    /** Nothing: it is undefined. */
    UNKNOWN,
    /** It is executed. */
    DONE,
    /** Somebody must serve it; pc is behind it. */
    SEMIHOSTING
  }

  /** Reads instructions by {@code memory}, which gives the one at a virtual address. */
  UndefinedInstructions(SystemWindow window, LongToIntFunction memory) {
    this.window = window;
    this.memory = memory;
    kept.put(L2CTLR_EL1, FOUR_CORES);
  }

  /** Treats the instruction at pc. */
  Treatment treat() {
    int instruction = memory.applyAsInt(window.pc());
    if (instruction == SEMIHOSTING_CALL) {
      window.setPc(window.pc() + INSTRUCTION_BYTES);
      return Treatment.SEMIHOSTING;
    }
    boolean isSystemMove = (instruction & SYSTEM_MOVE_MASK) == SYSTEM_MOVE;
    int crn = instruction >>> CRN_SHIFT & CRN_MASK;
    boolean isOwn = (instruction >>> OP0_SHIFT & OP0_3) == OP0_3 && (crn == 11 || crn == 15);
    if (!isSystemMove || !isOwn) {
      return Treatment.UNKNOWN;
    }
    int place = instruction >>> PLACE_SHIFT & PLACE_MASK;
    int register = instruction & REGISTER_MASK;
    if ((instruction & READ) == 0) {
      kept.put(place, register == REGISTER_MASK ? 0 : window.general(register));
    } else if (register != REGISTER_MASK) {
      window.setGeneral(register, kept.getOrDefault(place, 0L));
    }
    window.setPc(window.pc() + INSTRUCTION_BYTES);
    return Treatment.DONE;
  }
}
