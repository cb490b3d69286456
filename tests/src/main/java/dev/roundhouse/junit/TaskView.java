package dev.roundhouse.junit;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.emulator.bench.Condition;
import dev.roundhouse.emulator.bench.TestMachine;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.Optional;
import java.util.function.Predicate;

/** A task of a machine, as it is whenever it is asked. */
public final class TaskView {
  private final Machine machine;
  private final Tid tid;

  TaskView(Machine machine, Tid tid) {
    this.machine = machine;
    this.tid = tid;
  }

  /** Its tid. */
  public int tid() {
    return tid.value();
  }

  /** Its program's name; empty until that is loaded. */
  public Optional<String> program() {
    return bench().timeline().program(tid);
  }

  /** What it does or waits for. */
  public TaskState state() {
    return task().map(Task::state).orElse(TaskState.Exited.INSTANCE);
  }

  /** The kernel's own view of it, unless it has exited. */
  public Optional<Task> task() {
    return bench().kernel().task(tid);
  }

  /** It waits for a message. */
  public Condition becomesReceiveBlocked() {
    return becomes("receive-blocked", TaskState.ReceiveBlocked.class::isInstance);
  }

  /** It has exited. */
  public Condition exits() {
    return becomes("gone", TaskState.Exited.class::isInstance);
  }

  /** Its state is as a test wishes. */
  public Condition becomes(String text, Predicate<TaskState> wished) {
    return new Condition() {
      @Override
      public boolean holds() {
        return wished.test(state());
      }

      @Override
      public String text() {
        return TaskView.this + " is " + text;
      }

      @Override
      public String present() {
        return "it is " + describe();
      }

      @Override
      public boolean mayHoldAfter(TraceEvent event) {
        return event instanceof KernelEvent;
      }
    };
  }

  /** Its state in words. */
  String describe() {
    return switch (state()) {
      case TaskState.Ready() -> "ready";
      case TaskState.Active() -> "active";
      case TaskState.SendBlocked blocked -> "send-blocked on " + name(blocked.to());
      case TaskState.ReceiveBlocked _ -> "receive-blocked";
      case TaskState.ReplyBlocked blocked -> "reply-blocked on " + name(blocked.by());
      case TaskState.EventBlocked(var event) -> "event-blocked on " + event;
      case TaskState.NeverStarted(int priority, var _) ->
          "never started, for its priority " + priority + " does not exist";
      case TaskState.Lost() -> "lost by the kernel";
      case TaskState.Exited() -> "gone";
    };
  }

  private String name(Tid other) {
    return new TaskView(machine, other).toString();
  }

  /** Whether it is of that program, or the entry. */
  boolean isOf(String name) {
    return program().filter(name::equals).isPresent()
        || (name.equals(Machine.ENTRY) && tid.value() == 1);
  }

  private TestMachine bench() {
    return machine.bench();
  }

  /** Such as {@code task 5 (track_server)}. */
  @Override
  public String toString() {
    return "task " + tid.value() + program().map(name -> " (" + name + ")").orElse("");
  }
}
