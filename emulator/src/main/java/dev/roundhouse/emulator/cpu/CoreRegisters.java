package dev.roundhouse.emulator.cpu;

import java.util.OptionalLong;

/**
 * System registers of a core that something beside the engine has. Registers are named by the
 * fields of their encoding, op0 being 3.
 */
public interface CoreRegisters {
  /** How many names {@link #key} makes. */
  int KEYS = 1 << 14;

  /** Packs the fields that name a system register. */
  static int key(int op1, int crn, int crm, int op2) {
    return op1 << 11 | crn << 7 | crm << 3 | op2;
  }

  /**
   * The lowest exception level that may use a register, as its op1 says (Arm Architecture Reference
   * Manual for A-profile, C5.1.2); below it the access is undefined.
   */
  static int lowestLevel(int key) {
    return switch (key >>> 11) {
      case 3 -> 0;
      case 4 -> 2;
      case 5, 6, 7 -> 3;
      default -> 1;
    };
  }

  /** Whether accesses to a register are to come here; the answer never changes. */
  boolean has(int key);

  /**
   * Reads a register for an exception level.
   *
   * @return nothing when the core must answer, or take the exception that the access is
   */
  OptionalLong read(int key, int level);

  /**
   * Writes a register for an exception level.
   *
   * @return whether that is all; otherwise the core writes a register of its own, or takes the
   *     exception that the access is
   */
  boolean write(int key, long value, int level);
}
