package dev.roundhouse.emulator.stubs;

import dev.roundhouse.kernel.abi.SavedRegisters;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What is in the registers when a function is called: distinct values, the same in another order,
 * and random ones. Equal numbers give equal states.
 */
record RegisterState(int number) {
  private static final int PERMUTED = 3;
  private static final int RANDOM = 3;
  private static final long PATTERN = 0x0101_0101_0101_0101L;
  private static final long BASE = 0x8040_2010_a050_2811L;
  private static final int STRIDE = 11;

  /** All that a stub is tried with. */
  static List<RegisterState> all() {
    return IntStream.range(0, PERMUTED + RANDOM).mapToObj(RegisterState::new).toList();
  }

  /** What else is by chance. */
  SplittableRandom random() {
    return new SplittableRandom(number);
  }

  /** Sets x0 to x30. */
  void fill(long[] registers) {
    SplittableRandom random = random();
    for (int register = 0; register <= SavedRegisters.LR; register++) {
      int other = (register + STRIDE * number) % (SavedRegisters.LR + 1);
      registers[register] = number < PERMUTED ? BASE + PATTERN * (1 + other) : random.nextLong();
    }
  }
}
