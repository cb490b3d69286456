package dev.roundhouse.kernel.task;

/**
 * The number of a task; they count up and are never used again.
 *
 * @param value not negative
 */
public record Tid(int value) {
  /** The idle task, which is also the parent that the boot tasks see. */
  public static final Tid IDLE = new Tid(0);

  /** Checks the range. */
  public Tid {
    if (value < 0) {
      throw new IllegalArgumentException("a tid is not negative: " + value);
    }
  }

  @Override
  public String toString() {
    return "tid " + value;
  }
}
