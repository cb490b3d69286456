package dev.roundhouse.emulator.engine;

import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault;
import java.util.Optional;

/**
 * Sees whether a library computes, counts, calls and fails as it should. Not a test of the engine,
 * only of whether it is fit to be used at all.
 */
final class EngineSelfTest {
  private static final long COUNTED = 1 + 10 * 4 + 1;
  private static final long SUM = 55;
  private static final long NOWHERE = 0x20;

  /** Adds up 10 to 1 through memory. */
  private static final int[] SUM_UP = {
    0xd2800140, // mov x0, #10
    0x8b000042, // 1: add x2, x2, x0
    0xf9000022, // str x2, [x1]
    0xf1000400, // subs x0, x0, #1
    0x54ffffa1, // b.ne 1b
    0xd4000001, // svc #0
  };

  /** Loads from an address where nothing is. */
  private static final int[] FAIL = {
    0xd503201f, // nop
    0xf9400023, // ldr x3, [x1]
    0xd4000001, // svc #0
  };

  private EngineSelfTest() {}

  /**
   * Runs it.
   *
   * @throws IllegalStateException with what was wrong
   */
  static void run(Engine engine) {
    try (ScratchCpu cpu = new ScratchCpu(engine)) {
      cpu.load(SUM_UP);
      cpu.registers[1] = ScratchCpu.DATA;
      expect("no fault", cpu.run().isEmpty());
      expect("the sum", cpu.registers[2] == SUM);
      expect("pc behind svc", pc(cpu) == ScratchCpu.CODE + (long) Integer.BYTES * SUM_UP.length);
      expect("the count of instructions", cpu.counted() == COUNTED);
      cpu.load(FAIL);
      cpu.registers[1] = NOWHERE;
      Optional<Fault> fault = cpu.run();
      Fault expected = new Fault.DataAbort(NOWHERE, Long.BYTES, Fault.Access.READ);
      expect("a data abort", fault.equals(Optional.of(expected)));
      expect("its pc", pc(cpu) == ScratchCpu.CODE + Integer.BYTES);
    }
  }

  private static long pc(ScratchCpu cpu) {
    return cpu.registers[SavedRegisters.PC];
  }

  private static void expect(String what, boolean isRight) {
    if (!isRight) {
      throw new IllegalStateException("the self-test failed: not right was " + what);
    }
  }
}
