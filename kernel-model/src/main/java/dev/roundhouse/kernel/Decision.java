package dev.roundhouse.kernel;

import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.task.Task;

/** What the machine does next. */
public sealed interface Decision {
  /** Run this task with its registers, as far as its resume kind asks for them. */
  record Run(Task task) implements Decision {}

  /** No task is ready: wait for an interrupt. */
  record Idle() implements Decision {
    /** The one value. */
    public static final Idle INSTANCE = new Idle();
  }

  /** Stop. */
  record End(EndOfRun why) implements Decision {}
}
