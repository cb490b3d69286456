package dev.roundhouse.emulator.unicorn.core;

import dev.roundhouse.emulator.cpu.CoreRegisters;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What the BCM2711's Cortex-A72 r0p3 says it is (Cortex-A72 TRM, 100095_0003_06, table 4-1, with
 * GICCDISABLE high and without the Cryptographic Extension, as on the BCM2711). The other
 * identification registers (MIDR_EL1, MPIDR_EL1, CTR_EL0, DCZID_EL0, CCSIDR_EL1) are the engine's:
 * they are right, and depend on registers that it has. The guest kernel check_identity checks all.
 */
public final class Identification implements CoreRegisters {
  private static final int FEATURES_CRM = 1;
  private static final int LAST_FEATURES_CRM = 7;
  private static final int CRM_SHIFT = 3;

  private static final int REVIDR_EL1 = CoreRegisters.key(0, 0, 0, 6);
  private static final int AIDR_EL1 = CoreRegisters.key(1, 0, 0, 7);
  private static final int CLIDR_EL1 = CoreRegisters.key(1, 0, 0, 1);

  /** HCR_EL2.TID1, TID2 and TID3: reads by EL1 trap. */
  private static final long IMPLEMENTATION_TRAPPED = 1 << 16;

  private static final long CACHES_TRAPPED = 1 << 17;
  private static final long FEATURES_TRAPPED = 1 << 18;

  /** What is not 0. */
  private static final Map<Integer, Long> VALUES =
      Map.ofEntries(
          feature(1, 0, 0x0000_0131), // ID_PFR0_EL1
          feature(1, 1, 0x0001_1011), // ID_PFR1_EL1: no system registers of the GIC
          feature(1, 2, 0x0301_0066), // ID_DFR0_EL1
          feature(1, 4, 0x1020_1105), // ID_MMFR0_EL1
          feature(1, 5, 0x4000_0000), // ID_MMFR1_EL1
          feature(1, 6, 0x0126_0000), // ID_MMFR2_EL1
          feature(1, 7, 0x0210_2211), // ID_MMFR3_EL1
          feature(2, 0, 0x0210_1110), // ID_ISAR0_EL1
          feature(2, 1, 0x1311_2111), // ID_ISAR1_EL1
          feature(2, 2, 0x2123_2042), // ID_ISAR2_EL1
          feature(2, 3, 0x0111_2131), // ID_ISAR3_EL1
          feature(2, 4, 0x0001_1142), // ID_ISAR4_EL1
          feature(2, 5, 0x0001_0001), // ID_ISAR5_EL1: CRC32, no AES, SHA1, SHA2
          feature(3, 0, 0x1011_0222), // MVFR0_EL1
          feature(3, 1, 0x1211_1111), // MVFR1_EL1
          feature(3, 2, 0x0000_0043), // MVFR2_EL1
          feature(4, 0, 0x0000_2222), // ID_AA64PFR0_EL1: no system registers of the GIC
          feature(5, 0, 0x1030_5106), // ID_AA64DFR0_EL1
          feature(6, 0, 0x0001_0000), // ID_AA64ISAR0_EL1: CRC32, no AES, PMULL, SHA1, SHA2
          feature(7, 0, 0x0000_1124), // ID_AA64MMFR0_EL1
          Map.entry(CLIDR_EL1, 0x0a20_0023L));

  private final LongSupplier hypervisorConfiguration;

  /** Asks for HCR_EL2, which says what traps. */
  public Identification(LongSupplier hypervisorConfiguration) {
    this.hypervisorConfiguration = hypervisorConfiguration;
  }

  private static Map.Entry<Integer, Long> feature(int crm, int op2, long value) {
    return Map.entry(CoreRegisters.key(0, 0, crm, op2), value);
  }

  @Override
  public boolean has(int key) {
    return isFeature(key) || key == REVIDR_EL1 || key == AIDR_EL1 || key == CLIDR_EL1;
  }

  /** Those that are not assigned read as zero, too. */
  private static boolean isFeature(int key) {
    int crm = key >>> CRM_SHIFT;
    return crm >= FEATURES_CRM && crm <= LAST_FEATURES_CRM;
  }

  @Override
  public OptionalLong read(int key, int level) {
    boolean isTrapped = level == 1 && (hypervisorConfiguration.getAsLong() & trapOf(key)) != 0;
    return has(key) && !isTrapped
        ? OptionalLong.of(VALUES.getOrDefault(key, 0L))
        : OptionalLong.empty();
  }

  private static long trapOf(int key) {
    if (isFeature(key)) {
      return FEATURES_TRAPPED;
    }
    return key == CLIDR_EL1 ? CACHES_TRAPPED : IMPLEMENTATION_TRAPPED;
  }

  @Override
  public boolean write(int key, long value, int level) {
    return false;
  }
}
