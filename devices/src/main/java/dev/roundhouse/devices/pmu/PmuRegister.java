package dev.roundhouse.devices.pmu;

/**
 * The encodings of the performance monitors' registers, whose op0 is 3: op1, CRn, CRm and op2 from
 * bit 11 down (Arm Architecture Reference Manual for A-profile, D19.5).
 */
public final class PmuRegister {
  static final int USER = 3 << 11;
  static final int PMCR_EL0 = USER | 9 << 7 | 12 << 3;
  static final int PMCNTENSET_EL0 = PMCR_EL0 | 1;
  static final int PMCNTENCLR_EL0 = PMCR_EL0 | 2;
  static final int PMOVSCLR_EL0 = PMCR_EL0 | 3;
  static final int PMSWINC_EL0 = PMCR_EL0 | 4;
  static final int PMSELR_EL0 = PMCR_EL0 | 5;
  static final int PMCEID0_EL0 = PMCR_EL0 | 6;
  static final int PMCEID1_EL0 = PMCR_EL0 | 7;
  static final int PMCCNTR_EL0 = USER | 9 << 7 | 13 << 3;
  static final int PMXEVTYPER_EL0 = PMCCNTR_EL0 | 1;
  static final int PMXEVCNTR_EL0 = PMCCNTR_EL0 | 2;
  static final int PMUSERENR_EL0 = USER | 9 << 7 | 14 << 3;
  static final int PMOVSSET_EL0 = PMUSERENR_EL0 | 3;
  static final int PMINTENSET_EL1 = 9 << 7 | 14 << 3 | 1;
  static final int PMINTENCLR_EL1 = PMINTENSET_EL1 + 1;

  /** PMEVCNTR0_EL0; the others follow, up to 31 as far as the encoding goes. */
  static final int PMEVCNTR_EL0 = USER | 14 << 7 | 8 << 3;

  /** PMEVTYPER0_EL0, likewise; number 31 is PMCCFILTR_EL0. */
  static final int PMEVTYPER_EL0 = USER | 14 << 7 | 12 << 3;

  /** MDCR_EL2, which says whether the others trap. */
  static final int MDCR_EL2 = 4 << 11 | 1 << 7 | 1 << 3 | 1;

  private static final int NUMBER_MASK = 31;

  private PmuRegister() {}

  static boolean isCounter(int key) {
    return (key & ~NUMBER_MASK) == PMEVCNTR_EL0;
  }

  static boolean isType(int key) {
    return (key & ~NUMBER_MASK) == PMEVTYPER_EL0;
  }

  static int number(int key) {
    return key & NUMBER_MASK;
  }
}
