package dev.roundhouse.emulator.calls;

import java.util.List;

/**
 * A system call of a kernel.
 *
 * @param name what it is called; calls of two kernels are compared when their names are the same
 * @param role what it does to tasks
 * @param arguments in the order of a trace
 * @param result what its result is
 */
record CallShape(String name, Role role, List<ArgumentShape> arguments, Result result) {
  /** What a call does to tasks, as far as a watcher must know it. */
  enum Role {
    /** Nothing that need be known. */
    PLAIN,
    /** Makes a task; its result is the tid, or negative. */
    CREATE,
    /** Ends the caller. */
    EXIT,
    /** Its result is the caller's tid. */
    MY_TID
  }

  /** What a result is. */
  enum Result {
    /** A number of 32 bits, tids too. */
    INT,
    /** Something that may differ. */
    ANY,
    /** The call does not return. */
    NONE
  }

  CallShape {
    arguments = List.copyOf(arguments);
  }
}
