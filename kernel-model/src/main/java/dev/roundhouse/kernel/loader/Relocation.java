package dev.roundhouse.kernel.loader;

/**
 * An R_AARCH64_RELATIVE relocation (ELF for the Arm 64-bit Architecture, IHI 0056B, 4.6.9): the
 * 64-bit word at {@code offset} plus load bias becomes {@code addend} plus load bias.
 */
public record Relocation(long offset, long addend) {
  /** The type's number. */
  public static final int R_AARCH64_RELATIVE = 1027;
}
