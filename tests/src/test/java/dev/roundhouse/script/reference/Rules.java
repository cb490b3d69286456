package dev.roundhouse.script.reference;

import dev.roundhouse.kernel.abi.Semantics;

/**
 * In what the kernels differ whose rules the reference knows.
 *
 * @param mostSenders how many senders queue at one task before the kernel crashes
 * @param exitFailsSends whether senders to a task that exits go on with -2
 * @param selfSendsFail whether a send to oneself gives -2
 * @param unknownEventsFail whether an event that wakes nobody gives -1
 * @param badPrioritiesMakeNothing whether no tid is used up by a create that fails so
 */
public record Rules(
    int mostSenders,
    boolean exitFailsSends,
    boolean selfSendsFail,
    boolean unknownEventsFail,
    boolean badPrioritiesMakeNothing) {
  private static final int MOST_SENDERS = 64;

  /** TrainsOS as of commit 9d49562. */
  public static Rules trainsOs() {
    return new Rules(MOST_SENDERS, false, false, false, false);
  }

  /** The course's specification, as {@link Semantics} cites it. */
  public static Rules course() {
    return new Rules(Integer.MAX_VALUE, true, true, true, true);
  }
}
