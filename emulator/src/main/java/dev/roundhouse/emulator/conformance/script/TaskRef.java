package dev.roundhouse.emulator.conformance.script;

/**
 * Which task a script means: a number that is known when the script is written, or one that the
 * task learnt by a call before. What was not learnt (yet) is -1.
 */
public sealed interface TaskRef {
  /** This number, whether there is such a task or not. */
  record Literal(int tid) implements TaskRef {}

  /** What the task's create number {@code index}, from 0 on, gave: -1 or -2 if it failed. */
  record Child(int index) implements TaskRef {
    /** Checks the index. */
    public Child {
      if (index < 0) {
        throw new IllegalArgumentException("children are counted from 0: " + index);
      }
    }
  }

  /** The sender that the latest receive before this step stored in its own tid word. */
  record LatestSender() implements TaskRef {}

  /** What the latest my_tid before this step gave. */
  record Self() implements TaskRef {}

  /** What the latest my_parent_tid before this step gave. */
  record Parent() implements TaskRef {}
}
