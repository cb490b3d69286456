package dev.roundhouse.emulator.unicorn.core;

/**
 * What SCTLR and HCR_EL2 say about alignment at an exception level.
 *
 * @param isUncached whether all data is Device-nGnRnE: the MMU is off (and HCR_EL2.DC is clear)
 * @param isAsked SCTLR.A
 * @param checksStack SCTLR.SA, at EL0 SCTLR_EL1.SA0
 * @param mayClear whether DC ZVA is not trapped
 */
public record AlignmentControl(
    boolean isUncached, boolean isAsked, boolean checksStack, boolean mayClear) {
  /** Where nothing is checked. */
  public static final AlignmentControl NONE = new AlignmentControl(false, false, false, false);

  private static final int HYPERVISOR = 2;
  private static final long MMU = 1;
  private static final long ALIGNMENT = 1 << 1;
  private static final long STACK = 1 << 3;
  private static final long STACK_EL0 = 1 << 4;
  private static final long CLEAR_EL0 = 1 << 14;
  private static final long DEFAULT_CACHEABLE = 1 << 12;
  private static final long TRAP_CLEAR = 1L << 28;
  private static final long TRAP_GENERAL = 1 << 27;

  /**
   * As registers have it (Arm Architecture Reference Manual for A-profile, D19.2.48 HCR_EL2,
   * D19.2.118 SCTLR_EL1).
   *
   * @param control SCTLR of the level's translation regime
   * @param hypervisor HCR_EL2
   */
  public static AlignmentControl of(int level, long control, long hypervisor) {
    boolean isGuest = level < HYPERVISOR;
    boolean isCacheable = isGuest && (hypervisor & DEFAULT_CACHEABLE) != 0;
    boolean isOff = (control & MMU) == 0 || (isGuest && (hypervisor & TRAP_GENERAL) != 0);
    boolean isTrapped =
        isGuest && ((hypervisor & TRAP_CLEAR) != 0 || (level == 0 && (control & CLEAR_EL0) == 0));
    return new AlignmentControl(
        isOff && !isCacheable,
        (control & ALIGNMENT) != 0,
        (control & (level == 0 ? STACK_EL0 : STACK)) != 0,
        !isTrapped);
  }

  /** Whether each access must be aligned. */
  public boolean checksAll() {
    return isUncached || isAsked;
  }
}
