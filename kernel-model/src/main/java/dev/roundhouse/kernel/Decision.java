package dev.roundhouse.kernel;

import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.task.Task;

/** What the machine does next. */
public sealed interface Decision {
  /** Run this task with its registers, as far as its resume kind asks for them. */
  record Run(Task task) implements Decision {}

  /**
   * Enter with {@link KernelEntry.Interrupt}: one waits that comes before the first instruction of
   * this task's loader. It is the machine that enters, however often that repeats itself, so that
   * its limits hold.
   */
  record TakeInterrupt(Task interrupted) implements Decision {}

  /** No task is ready: wait for an interrupt. */
  record Idle() implements Decision {
    /** The one value. */
    public static final Idle INSTANCE = new Idle();
  }

  /** Stop. */
  record End(EndOfRun why) implements Decision {}
}
