package dev.roundhouse.emulator.unicorn.binding;

/**
 * A load or store that the engine is about to emit. Checks are loads of a byte that need an
 * alignment, so that a fault is the engine's own.
 *
 * @param functions what it emits with
 * @param context in which it translates
 * @param address the value that is the accessed address
 */
public record Emission(EmitterFunctions functions, long context, long address) {
  private static final int ALIGNMENT_SHIFT = 4;
  private static final int MASK = 15;
  private static final int SHIFT = 4;

  /**
   * Emits an alignment fault for when the access's base is no multiple of 16.
   *
   * @param offset of the accessed address from the base
   * @param readable a multiple of 16 where a byte can be loaded
   * @param level the exception level
   */
  public void checkBase(long offset, long readable, int level) {
    long value = functions.newTemporary(context);
    functions.add(context, value, address, -offset);
    functions.and(context, value, value, MASK);
    functions.add(context, value, value, MASK);
    functions.shiftRight(context, value, value, SHIFT);
    functions.or(context, value, value, readable);
    load(value, level, SHIFT);
  }

  /**
   * Emits an alignment fault for when the address is not aligned.
   *
   * @param logarithm of the alignment in bytes
   * @param level the exception level
   */
  public void checkAddress(int logarithm, int level) {
    long value = functions.newTemporary(context);
    functions.add(context, value, address, 0);
    load(value, level, logarithm);
  }

  private void load(long value, int level, int logarithm) {
    functions.load(context, value, regime(level), (long) logarithm << ALIGNMENT_SHIFT);
    functions.freeTemporary(context, value);
  }

  /** The engine's number of a translation regime (qemu/target/arm/cpu.h, ARMMMUIdx, 2.1.1). */
  private static long regime(int level) {
    return 2L * level;
  }
}
