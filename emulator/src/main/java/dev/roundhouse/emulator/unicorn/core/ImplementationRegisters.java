package dev.roundhouse.emulator.unicorn.core;

import dev.roundhouse.emulator.cpu.CoreRegisters;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The implementation-defined registers of a Cortex-A72 (Cortex-A72 TRM, 4.3; CRn 11 and 15), which
 * keep what is written and do nothing.
 */
public final class ImplementationRegisters implements CoreRegisters {
  private static final int CRN_SHIFT = 7;
  private static final int CRN_MASK = 0xf;

  /** L2CTLR_EL1 as the Raspberry Pi 4 has it: four cores. */
  private static final int L2CTLR_EL1 = CoreRegisters.key(1, 11, 0, 2);

  private static final long FOUR_CORES = 3L << 24;

  private final SortedMap<Integer, Long> kept = new TreeMap<>();

  public ImplementationRegisters() {
    kept.put(L2CTLR_EL1, FOUR_CORES);
  }

  @Override
  public boolean has(int key) {
    int crn = key >>> CRN_SHIFT & CRN_MASK;
    return crn == 11 || crn == 15;
  }

  @Override
  public OptionalLong read(int key, int level) {
    return has(key) && level > 0
        ? OptionalLong.of(kept.getOrDefault(key, 0L))
        : OptionalLong.empty();
  }

  @Override
  public boolean write(int key, long value, int level) {
    if (!has(key) || level == 0) {
      return false;
    }
    kept.put(key, value);
    return true;
  }
}
