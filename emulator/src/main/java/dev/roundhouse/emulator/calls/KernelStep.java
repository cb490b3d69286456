package dev.roundhouse.emulator.calls;

import dev.roundhouse.devices.trace.TraceEvent;
import java.util.List;

/** What is seen of a kernel at the boundary to its tasks. */
public sealed interface KernelStep extends TraceEvent {
  /** The task that it is about. */
  TrackedTask task();

  /** A task runs for the first time. */
  record Started(TrackedTask task) implements KernelStep {}

  /** A task made a system call. */
  record Called(TrackedTask task, String call, List<GivenArgument> arguments)
      implements KernelStep {
    /** Copies the list. */
    public Called {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A task goes on after a system call.
   *
   * @param result of the call, its low 32 bits
   * @param isCompared whether it matters
   * @param answers what the kernel wrote, for each argument that says where to
   */
  record Returned(
      TrackedTask task, String call, int result, boolean isCompared, List<String> answers)
      implements KernelStep {
    /** Copies the list. */
    public Returned {
      answers = List.copyOf(answers);
    }
  }

  /** A call made a task. */
  record Created(TrackedTask task, TrackedTask parent, int priority) implements KernelStep {}

  /** A task was interrupted. */
  record Interrupted(TrackedTask task) implements KernelStep {}

  /** A task goes on, whatever it came into the kernel for. */
  record Dispatched(TrackedTask task) implements KernelStep {}

  /** A task called to be ended. */
  record Exited(TrackedTask task) implements KernelStep {}

  /** A task took an exception that is no system call. */
  record Faulted(TrackedTask task, int syndrome, long pc) implements KernelStep {}
}
