package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.kernel.loader.SymbolTable;

/**
 * Warnings about code of a booted kernel.
 *
 * @param symbols of the kernel
 */
record CodeWarnings(SymbolTable symbols, Warnings warnings) {
  /** Says what the code at an address does. */
  void add(long pc, String what) {
    String symbol =
        symbols
            .at(pc)
            .map(found -> " " + found.name() + "+0x" + Long.toHexString(pc - found.address()))
            .orElse("");
    warnings.warn("core", "at 0x%x%s: %s".formatted(pc, symbol, what));
  }
}
