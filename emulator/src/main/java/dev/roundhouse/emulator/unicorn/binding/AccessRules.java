package dev.roundhouse.emulator.unicorn.binding;

/**
 * What a core decides about its loads and stores when the engine translates them, and when one
 * comes that is not aligned and that translated code does not do by itself.
 */
public interface AccessRules {
  /** A block is about to be translated. */
  void startBlock();

  /**
   * An instruction is about to be translated.
   *
   * @return the one to translate in its place
   */
  int translate(int instruction);

  /**
   * The instruction accesses memory, once or several times.
   *
   * @param operation size, and alignment that it needs, as the engine has it
   * @return the same with another alignment
   */
  int access(Emission emission, int operation);

  /** The instruction compares a value and branches: a store-exclusive its address. */
  void compare(Emission emission);

  /** Whether an access of that address that is not aligned, or clears a block, is a fault. */
  boolean isFault(long address);

  /** Something was thrown; must not throw. */
  void failed(Throwable failure);
}
