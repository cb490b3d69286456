package dev.roundhouse.junit;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.emulator.boundary.KernelStep;
import dev.roundhouse.emulator.tasks.TaskInfo;
import dev.roundhouse.emulator.tasks.TaskStatus;
import dev.roundhouse.emulator.testing.Condition;
import dev.roundhouse.emulator.testing.Situation;
import dev.roundhouse.emulator.testing.TestMachine;
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
    return bench().program(tid.value());
  }

  /** What it does or waits for; of a booted kernel, as far as its boundary shows it. */
  public TaskStatus status() {
    return bench().tasks().status(tid.value());
  }

  /** All that is known of it, unless it has exited. */
  public Optional<TaskInfo> info() {
    return bench().tasks().task(tid.value());
  }

  /** It waits for a message. */
  public Condition becomesReceiveBlocked() {
    return becomes("receive-blocked", TaskStatus.ReceiveBlocked.class::isInstance);
  }

  /** It has exited. */
  public Condition exits() {
    return becomes("gone", TaskStatus.Exited.class::isInstance);
  }

  /** Its status is as a test asks for. */
  public Condition becomes(String text, Predicate<TaskStatus> wished) {
    return new Condition() {
      @Override
      public boolean holds() {
        return wished.test(status());
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
        return event instanceof KernelEvent || event instanceof KernelStep;
      }
    };
  }

  /** Its state in words. */
  String describe() {
    return Situation.describe(status(), bench());
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
    return Situation.name(tid.value(), bench());
  }
}
