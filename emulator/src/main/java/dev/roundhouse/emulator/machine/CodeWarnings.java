package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.emulator.observe.Symbols;

/**
 * Warnings about code of a booted kernel.
 *
 * @param symbols of the kernel
 */
record CodeWarnings(Symbols symbols, Warnings warnings) {
  /** Says what the code at an address does. */
  void add(long pc, String what) {
    warnings.warn("core", "at %s: %s".formatted(symbols.described(pc), what));
  }
}
