package dev.roundhouse.emulator.cpu;

/**
 * What the caches hold of the code that runs and of its data, as SCTLR_ELx of its translation
 * regime says (Arm Architecture Reference Manual for A-profile, D19.2, SCTLR_ELx.M, C and I; with
 * the MMU off all data is Device memory, which is never cached, D8.2.11).
 */
public enum Caching {
  /** SCTLR.I is clear: each instruction is fetched from memory. */
  NOTHING,
  /** SCTLR.I is set, and M or C is clear. */
  INSTRUCTIONS,
  /** SCTLR.M, C and I are set. */
  ALL
}
