package dev.roundhouse.emulator.boundary;

import java.util.List;

/**
 * A task of a watched kernel. Its tid may be a guess until the task that made it has it as a
 * result, or until it asks for it itself.
 */
public final class TrackedTask {
  private int tid;
  private final boolean isIdle;
  private List<GivenArgument> made = List.of();
  private long start;
  private Left left = new Left(0, 0, 0, 0);
  private boolean isLoading = true;

  /**
   * Registers of a task as it left EL0.
   *
   * @param pc the instruction that it was at: of a system call the {@code svc}
   * @param lr x30
   * @param fp x29
   */
  public record Left(long pc, long lr, long fp, long sp) {}

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

  /** What the call that made it was given; nothing if no call did. */
  public List<GivenArgument> made() {
    return made;
  }

  void madeBy(List<GivenArgument> given) {
    made = List.copyOf(given);
  }

  /** The first instruction that it executed at EL0; 0 if it never did. */
  public long start() {
    return start;
  }

  void startsAt(long pc) {
    start = pc;
    left = new Left(pc, 0, 0, 0);
  }

  /** How it left EL0 the last time; where it starts if it never did. */
  public Left left() {
    return left;
  }

  void leaves(Left now) {
    left = now;
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
