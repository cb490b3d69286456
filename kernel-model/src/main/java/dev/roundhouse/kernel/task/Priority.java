package dev.roundhouse.kernel.task;

/**
 * How urgent a task is.
 *
 * @param level 0 is the most urgent, at most {@link #LEVELS} - 1
 */
public record Priority(int level) {
  /** How many levels the ready queue tells apart; a kernel's profile may use fewer. */
  public static final int LEVELS = Long.SIZE;

  /** Checks the range. */
  public Priority {
    if (level < 0 || level >= LEVELS) {
      throw new IllegalArgumentException("not a priority: " + level);
    }
  }
}
