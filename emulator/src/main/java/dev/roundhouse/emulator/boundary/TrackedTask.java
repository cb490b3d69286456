package dev.roundhouse.emulator.boundary;

/**
 * A task of a watched kernel. Its tid may be a guess until the task that made it has it as a
 * result, or until it asks for it itself.
 */
public final class TrackedTask {
  private int tid;
  private final boolean isIdle;
  private boolean isLoading = true;

  /** A task that is known by this tid for now. */
  public TrackedTask(int tid) {
    this(tid, false);
  }

  private TrackedTask(int tid, boolean isIdle) {
    this.tid = tid;
    this.isIdle = isIdle;
  }

  /** The idle task. */
  public static TrackedTask idle(int tid) {
    return new TrackedTask(tid, true);
  }

  /** Its tid, as far as is known by now. */
  public int tid() {
    return tid;
  }

  /** Whether it has not called yet; asked once. */
  boolean callsFirst() {
    boolean isFirst = isLoading;
    isLoading = false;
    return isFirst;
  }

  void learnTid(int known) {
    tid = known;
  }

  /** Whether it only fills the time in which no other can run. */
  public boolean isIdle() {
    return isIdle;
  }

  @Override
  public String toString() {
    return Integer.toString(tid);
  }
}
