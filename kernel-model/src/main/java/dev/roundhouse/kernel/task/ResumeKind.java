package dev.roundhouse.kernel.task;

/** Which registers a task needs when it runs again. */
public enum ResumeKind {
  /**
   * After a system call: x0, x19 to x30, sp and pc, which is x30's value. The others are arbitrary
   * (kernel/include/context_macro.S, extract_regs, 9d49562).
   */
  AFTER_CALL,
  /** All of them: it was interrupted. */
  INTERRUPTED,
  /** All of them: it has not run yet. */
  FRESH
}
