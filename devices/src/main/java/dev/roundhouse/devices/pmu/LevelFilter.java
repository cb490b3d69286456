package dev.roundhouse.devices.pmu;

/**
 * The bits of PMEVTYPER and PMCCFILTR that say at which exception levels is counted (Arm
 * Architecture Reference Manual for A-profile, D19.5.10). A counter that counts at no level stands
 * still; one that counts at some counts at all of them, because how long the core is at each is not
 * known.
 */
final class LevelFilter {
  static final long MASK = 0xfc00_0000L;
  static final long EVENT_MASK = 0x3ff;

  private static final long NOT_EL1 = 1L << 31;
  private static final long NOT_EL0 = 1L << 30;
  private static final long FLIPS_EL1 = 1L << 29;
  private static final long FLIPS_EL0 = 1L << 28;
  private static final long EL2 = 1L << 27;

  private LevelFilter() {}

  static boolean countsAnywhere(long filter) {
    boolean atEl1 = (filter & NOT_EL1) == 0 == ((filter & FLIPS_EL1) == 0);
    boolean atEl0 = (filter & NOT_EL0) == 0 == ((filter & FLIPS_EL0) == 0);
    return atEl1 || atEl0 || (filter & EL2) != 0;
  }
}
