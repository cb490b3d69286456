package dev.roundhouse.emulator.run;

/**
 * How long a run may take.
 *
 * @param virtualNanos of virtual time
 * @param wallNanos of real time
 */
public record RunLimits(long virtualNanos, long wallNanos) {
  /** No limit at all. */
  public static final RunLimits NONE = new RunLimits(Long.MAX_VALUE, Long.MAX_VALUE);
}
