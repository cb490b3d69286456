package dev.roundhouse.emulator.run;

import dev.roundhouse.emulator.cpu.Caching;

/**
 * How much virtual time an instruction of a booted kernel takes, by what is cached for it: 1 ns
 * when all is, and so many when nothing is. On a Raspberry Pi 4B a send, receive and reply of 4
 * bytes took 44, 47, 63 and 81 microseconds without caches and 1 with both, as CS452 teams measured
 * it; with its fetches cached code waits for its data alone.
 *
 * @param uncachedNanos of an instruction that is fetched from memory, 1 to {@link #MOST_NANOS}
 */
public record InstructionTime(long uncachedNanos) {
  /** The longest time of an instruction. */
  public static final long MOST_NANOS = 1000;

  /** As the chip has it. */
  public static final InstructionTime OF_CHIP = new InstructionTime(30);

  /** One nanosecond whatever is cached. */
  public static final InstructionTime UNIFORM = new InstructionTime(1);

  private static final long CACHED_NANOS = 1;
  private static final long INSTRUCTIONS_CACHED = 8;
  private static final long NOTHING_CACHED = 30;

  /** Checks the range. */
  public InstructionTime {
    if (uncachedNanos < 1 || uncachedNanos > MOST_NANOS) {
      throw new IllegalArgumentException("1 to " + MOST_NANOS + " ns, not " + uncachedNanos);
    }
  }

  /** The time of an instruction; with its fetches cached in the proportion of 8 to 30, rounded. */
  public long nanos(Caching caching) {
    return switch (caching) {
      case ALL -> CACHED_NANOS;
      case INSTRUCTIONS ->
          Math.max(
              CACHED_NANOS,
              (uncachedNanos * INSTRUCTIONS_CACHED + NOTHING_CACHED / 2) / NOTHING_CACHED);
      case NOTHING -> uncachedNanos;
    };
  }
}
