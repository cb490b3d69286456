package dev.roundhouse.emulator.unicorn.binding;

/** Sets of UC_HOOK_ bits (include/unicorn/unicorn.h, uc_hook_type). */
public enum HookType {
  INTERRUPT(1),
  /** Each instruction; only for single addresses, because it is slow. */
  CODE(1 << 2),
  BLOCK(1 << 3),
  /** Each store (UC_HOOK_MEM_WRITE): slow, at whatever addresses. */
  STORE(1 << 11),
  /** Each translation of a block, before it runs (UC_HOOK_EDGE_GENERATED). */
  TRANSLATION(1 << 15),
  /** Reads, writes and fetches of physical addresses where nothing is. */
  UNMAPPED_MEMORY(7 << 4);

  private final long bits;

  HookType(long bits) {
    this.bits = bits;
  }

  /** As the engine has it. */
  public long bits() {
    return bits;
  }
}
