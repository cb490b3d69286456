package dev.roundhouse.devices.irq;

/**
 * What has become of a source of interrupts from which none will come, told for people.
 *
 * @param arming how far a program came with it
 * @param text why nothing comes, such as {@code compare 1 was never written}
 */
public record SourceState(Arming arming, String text) {
  /** How far a program came with setting a source up. */
  public enum Arming {
    /** It was never set up. */
    NEVER,
    /** It was set up for a time that had passed already. */
    LATE,
    /** It was set up, and has been taken back since. */
    SPENT,
    /** It is set up, and nothing is there that would make it ask. */
    ARMED
  }
}
