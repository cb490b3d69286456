package dev.roundhouse.emulator.conformance.script;

/** Where a script lets the kernel write, by a pointer and a length. */
public sealed interface Buffer {
  /** What bytes of own buffers are before the kernel writes to them. */
  char UNTOUCHED = '.';

  /** The step's own bytes, filled with {@link #UNTOUCHED} before. */
  record Own(int length) implements Buffer {
    /** Checks the length. */
    public Own {
      ScriptLimits.checkLength(length);
    }
  }

  /**
   * Any pointer and length.
   *
   * @param length unsigned, as the whole register; not used where the call has no length
   */
  record At(long address, long length) implements Buffer {}

  /** The step's own bytes. */
  static Buffer of(int length) {
    return new Own(length);
  }

  /** Any pointer and length. */
  static Buffer at(long address, long length) {
    return new At(address, length);
  }
}
