package dev.roundhouse.emulator.boundary;

import dev.roundhouse.devices.trace.EventVisitor;
import dev.roundhouse.devices.trace.TraceEvent;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is seen of a kernel at the boundary to its tasks, in the words of the kernel model's events.
 */
public sealed interface KernelStep extends TraceEvent {
  /** The task that it is about. */
  TrackedTask task();

  /** A task runs for the first time. */
  record Started(TrackedTask task) implements KernelStep {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("started").number("tid", task.tid());
    }
  }

  /** A task made a system call. */
  record Called(TrackedTask task, String call, List<GivenArgument> arguments)
      implements KernelStep {
    /** Copies the list. */
    public Called {
      arguments = List.copyOf(arguments);
    }

    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("call").number("tid", task.tid()).text("call", call);
      arguments.forEach(argument -> argument.describeTo(visitor));
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
    private static final Pattern NUMBER = Pattern.compile(".*=(-?\\d{1,10})");

    /** Copies the list. */
    public Returned {
      answers = List.copyOf(answers);
    }

    /** The first number that the kernel wrote: of a receive the sender's tid. */
    public OptionalInt firstNumber() {
      return answers.stream()
          .map(NUMBER::matcher)
          .filter(Matcher::matches)
          .mapToInt(found -> Integer.parseInt(found.group(1)))
          .findFirst();
    }

    @Override
    public void describeTo(EventVisitor visitor) {
      visitor
          .event("returned")
          .number("tid", task.tid())
          .text("call", call)
          .number("result", result);
    }
  }

  /** A call made a task. */
  record Created(TrackedTask task, TrackedTask parent, int priority) implements KernelStep {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor
          .event("created")
          .number("tid", task.tid())
          .number("parent", parent.tid())
          .number("priority", priority);
    }
  }

  /** A task was interrupted. */
  record Interrupted(TrackedTask task) implements KernelStep {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("interrupted").number("tid", task.tid());
    }
  }

  /** A task goes on, whatever it came into the kernel for. */
  record Dispatched(TrackedTask task) implements KernelStep {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("dispatched").number("tid", task.tid());
    }
  }

  /** A task called to be ended. */
  record Exited(TrackedTask task) implements KernelStep {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("exited").number("tid", task.tid());
    }
  }

  /** A task took an exception that is no system call. */
  record Faulted(TrackedTask task, int syndrome, long pc) implements KernelStep {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor
          .event("exception")
          .number("tid", task.tid())
          .address("esr", Integer.toUnsignedLong(syndrome))
          .address("pc", pc);
    }
  }
}
