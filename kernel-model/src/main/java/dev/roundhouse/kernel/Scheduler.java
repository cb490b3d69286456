package dev.roundhouse.kernel;

import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.task.ReadyQueue;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.trace.KernelEvent;

/**
 * Moves tasks between states: nobody else changes a state or touches the ready queue
 * (kernel/include/scheduler.h, 9d49562).
 */
final class Scheduler {
  private final ReadyQueue ready;
  private final Violations violations;
  private final TraceSink trace;
  private final VirtualClock clock;

  Scheduler(ReadyQueue ready, Violations violations, TraceSink trace, VirtualClock clock) {
    this.ready = ready;
    this.violations = violations;
    this.trace = trace;
    this.clock = clock;
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** Takes the task that runs next. */
  Task removeNext() {
    return ready.remove();
  }

  /** Lets a task go on, its system call giving {@code result}. */
  void makeReady(Task task, long result) {
    task.setResult(result);
    makeReady(task);
  }

  /** Lets a task go on; it is lost if the ready queue is full. */
  void makeReady(Task task) {
    if (ready.offer(task)) {
      task.setState(TaskState.Ready.INSTANCE, clock.nanos());
      if (trace.isOn()) {
        emit(new KernelEvent.BecameReady(task.tid(), task.result()));
      }
    } else {
      task.setState(TaskState.Lost.INSTANCE, clock.nanos());
      violations.report(
          task,
          Rule.READY_QUEUE_FULL,
          "%d tasks are ready; it never runs again".formatted(ready.size()));
      emit(new KernelEvent.Lost(task.tid()));
    }
  }

  void activate(Task task) {
    task.setState(TaskState.Active.INSTANCE, clock.nanos());
    if (trace.isOn()) {
      emit(new KernelEvent.Dispatched(task.tid()));
    }
  }

  /** Lets a task wait. */
  void block(Task task, TaskState state) {
    task.setState(state, clock.nanos());
    if (trace.isOn()) {
      emitBlocked(task, state);
    }
  }

  void exit(Task task) {
    task.setState(TaskState.Exited.INSTANCE, clock.nanos());
    emit(new KernelEvent.Exited(task.tid()));
  }

  void emit(KernelEvent event) {
    if (trace.isOn()) {
      trace.emit(clock.nanos(), event);
    }
  }

  boolean isTraced() {
    return trace.isOn();
  }

  private void emitBlocked(Task task, TaskState state) {
    switch (state) {
      case TaskState.SendBlocked blocked ->
          emit(new KernelEvent.SendBlocked(task.tid(), blocked.to()));
      case TaskState.ReplyBlocked blocked ->
          emit(new KernelEvent.ReplyBlocked(task.tid(), blocked.by()));
      case TaskState.ReceiveBlocked blocked -> emit(new KernelEvent.ReceiveBlocked(task.tid()));
      case TaskState.EventBlocked blocked ->
          emit(new KernelEvent.EventBlocked(task.tid(), blocked.event().value()));
      case TaskState.Ready _,
          TaskState.Active _,
          TaskState.NeverStarted _,
          TaskState.Lost _,
          TaskState.Exited _ ->
          throw new IllegalArgumentException("not a state to wait in: " + state);
    }
  }
}
