package dev.roundhouse.emulator.unicorn;

/** Sets of UC_HOOK_ bits (include/unicorn/unicorn.h, uc_hook_type). */
enum HookType {
  INTERRUPT(1),
  BLOCK(1 << 3);

  private final long bits;

  HookType(long bits) {
    this.bits = bits;
  }

  long bits() {
    return bits;
  }
}
