package dev.roundhouse.emulator.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Brings a fresh engine to where the TrainsOS kernel starts its tasks: a Cortex-A72 at EL0. */
final class Arm64StartState {
  private static final long MODEL_CORTEX_A72 = 2;
  private static final int PSTATE_PLACE = 33;

  /**
   * What kernel/src/boot.S (9d49562) writes, less the caches and the MMU, which the engine does not
   * need for an identity map: no alignment check, EL0 may mask interrupts and wait for them.
   */
  private static final long SCTLR_EL1 =
      (3L << 28) | (3L << 22) | (1L << 20) | (1L << 18) | (1L << 16) | (1L << 11) | (1L << 9);

  /** FP and SIMD are not trapped: kernel/src/boot.S, CPACR_EL1_FPEN. */
  private static final long CPACR_EL1 = 3L << 20;

  private record SystemRegister(int op0, int op1, int crn, int crm, int op2, long value) {}

  private static final SystemRegister[] REGISTERS = {
    new SystemRegister(3, 0, 1, 0, 2, CPACR_EL1), new SystemRegister(3, 0, 1, 0, 0, SCTLR_EL1)
  };

  private Arm64StartState() {}

  static void prepare(LibUnicorn library, long engine) {
    library.setCpuModel(engine, MODEL_CORTEX_A72);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment el0 = arena.allocate(JAVA_LONG);
      library.writeRegister(engine, Arm64Register.at(PSTATE_PLACE), el0);
      // A coprocessor register last: that refreshes the flags the engine derives from PSTATE.
      for (SystemRegister register : REGISTERS) {
        library.writeRegister(engine, Arm64Register.COPROCESSOR, laidOut(register, arena));
      }
    }
  }

  /** The engine's struct uc_arm64_cp_reg: five 32-bit numbers, padding, the value. */
  private static MemorySegment laidOut(SystemRegister register, Arena arena) {
    MemorySegment memory = arena.allocate(6 * JAVA_INT.byteSize() + JAVA_LONG.byteSize(), 8);
    memory.setAtIndex(JAVA_INT, 0, register.crn);
    memory.setAtIndex(JAVA_INT, 1, register.crm);
    memory.setAtIndex(JAVA_INT, 2, register.op0);
    memory.setAtIndex(JAVA_INT, 3, register.op1);
    memory.setAtIndex(JAVA_INT, 4, register.op2);
    memory.set(JAVA_LONG, 6 * JAVA_INT.byteSize(), register.value);
    return memory;
  }
}
