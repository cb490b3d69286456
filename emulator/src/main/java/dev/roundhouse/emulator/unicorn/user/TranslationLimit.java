package dev.roundhouse.emulator.unicorn.user;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.roundhouse.emulator.cpu.EngineLimitException;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * Ends a run before the engine's translations fill its gibibyte of room, where the room cannot be
 * bounded (2.0): the process would end. Only code that changes without end comes there.
 */
final class TranslationLimit {
  private static final long MOST_BYTES = 512L << 20;

  /** What a block and an instruction take up at most, but for rare ones; seen are 360 and 90. */
  private static final long BLOCK_BYTES = 512;

  private static final long INSTRUCTION_BYTES = 160;
  private static final long STRUCTURE_BYTES = 12;
  private static final long SIZE = 10;
  private static final int SHORT_MASK = 0xffff;

  private final Consumer<Throwable> failures;
  private long bytes;

  TranslationLimit(Consumer<Throwable> failures) {
    this.failures = failures;
  }

  /** Called by the engine: (engine, the new block, the block before it, user data). */
  @SuppressWarnings({"UnusedVariable", "restricted"}) // the engine passes its structure, uc_tb
  long onTranslated(long uc, long block, long before, long user, long e) {
    MemorySegment fields = MemorySegment.ofAddress(block).reinterpret(STRUCTURE_BYTES);
    int instructions = (fields.get(JAVA_SHORT, SIZE) & SHORT_MASK) / Opcode.BYTES;
    bytes += BLOCK_BYTES + INSTRUCTION_BYTES * instructions;
    if (bytes > MOST_BYTES) {
      failures.accept(
          new EngineLimitException(
              "the program changes its code again and again, and this engine library keeps all that"
                  + " it translates: install Unicorn 2.1.1 (build/install-engine)"));
    }
    return 0;
  }
}
