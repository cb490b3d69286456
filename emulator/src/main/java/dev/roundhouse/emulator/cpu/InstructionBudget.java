package dev.roundhouse.emulator.cpu;

/**
 * Counts executed instructions, a block at a time, at the start of each block.
 *
 * <p>When more have been counted than were granted, {@link Traps#budgetSpent} is called before the
 * block runs.
 */
public interface InstructionBudget {
  /** How many instructions were counted since they were last taken. */
  long counted();

  /** How many instructions were counted since the last time this was asked. */
  long takeCounted();

  /** Sets how many instructions may be executed from here on; what was counted stays counted. */
  void grant(long instructions);

  /** Counts instructions of a block that goes on without starting again. */
  void count(int instructions);

  /** Makes the next block call {@link Traps#budgetSpent}; what was counted stays counted. */
  void cutShort();

  /**
   * Makes each block call {@link Traps#budgetSpent}, whatever is left, until {@link #callIsHeard};
   * nothing that is counted changes. The one thing here that any thread may do.
   */
  void callFromOutside();

  /** Ends a call from outside, if there is one. */
  void callIsHeard();
}
