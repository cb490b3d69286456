package dev.roundhouse.emulator.debuginfo;

import java.util.Map;
import java.util.Set;

/**
 * Where a function has what its caller needs again, at one of its instructions: DWARF 5, 6.4.1.
 * Registers are numbered as in DWARF for the Arm 64-bit Architecture, 4.1: x0 to x30, and 31 for
 * sp. Those that are neither saved nor lost are as they were.
 *
 * @param register from which the canonical frame address is counted, the caller's sp
 * @param offset what is added to it
 * @param saved registers and where they are, counted from the canonical frame address
 * @param lost registers that cannot be had back; if x30 is among them there is no caller
 */
public record CallerRule(int register, long offset, Map<Integer, Long> saved, Set<Integer> lost) {
  /** Copies the collections. */
  public CallerRule {
    saved = Map.copyOf(saved);
    lost = Set.copyOf(lost);
  }
}
