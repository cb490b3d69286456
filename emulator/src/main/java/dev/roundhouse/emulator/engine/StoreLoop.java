package dev.roundhouse.emulator.engine;

import dev.roundhouse.emulator.cpu.Engine;

/** Measures how fast a library executes stores: in that versions differ by a factor of fifty. */
final class StoreLoop {
  private static final int[] CODE = {
    0xf9000020, // 1: str x0, [x1]
    0xf9000420, // str x0, [x1, #8]
    0xf1000400, // subs x0, x0, #1
    0x54ffffa1, // b.ne 1b
    0xd4000001, // svc #0
  };

  private static final int ROUNDS = 3;
  private static final long SHORT_ITERATIONS = 20_000;
  private static final long LONG_ITERATIONS = 1_000_000;
  private static final int FAST_MIPS = 100;
  private static final long NANOS_PER_MICRO = 1_000;

  private StoreLoop() {}

  /** Millions of instructions a second, at least 1; takes about 20 milliseconds. */
  static int measure(Engine engine) {
    try (ScratchCpu cpu = new ScratchCpu(engine)) {
      cpu.load(CODE);
      int best = best(cpu, SHORT_ITERATIONS);
      return best < FAST_MIPS ? best : Math.max(best, best(cpu, LONG_ITERATIONS));
    }
  }

  private static int best(ScratchCpu cpu, long iterations) {
    int best = 1;
    for (int round = 0; round < ROUNDS; round++) {
      cpu.registers[0] = iterations;
      cpu.registers[1] = ScratchCpu.DATA;
      long _ = cpu.counted();
      long start = System.nanoTime();
      var _ = cpu.run();
      long nanos = Math.max(1, System.nanoTime() - start);
      best = Math.max(best, (int) (cpu.counted() * NANOS_PER_MICRO / nanos));
    }
    return best;
  }
}
