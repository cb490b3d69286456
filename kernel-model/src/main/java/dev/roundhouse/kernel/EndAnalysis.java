package dev.roundhouse.kernel;

import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.WaitsFor;
import dev.roundhouse.kernel.report.WaitsFor.ChainEnd;
import dev.roundhouse.kernel.report.WaitsFor.Wait;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.TaskTable;
import dev.roundhouse.kernel.task.Tid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Why nothing can happen any more: tasks that wait for others which will not act are a deadlock.
 *
 * <p>A server in recv is excused if an <em>event-waiting</em> task feeds it: it would have sent if
 * its event had come. Event-waiting are the tasks in await_event, those who wait for a reply of an
 * event-waiting task, and servers that are excused themselves (couriers). A task feeds another one
 * if it has sent to it, or is its child; of a task that serves others only what it sent since its
 * first message counts, and it counts as its parent's courier only as long as it has received
 * nothing: so the registration of a clock server excuses neither the name server nor its creator.
 */
final class EndAnalysis {
  private final TaskTable tasks;
  private final Set<Integer> eventWaiting = new TreeSet<>();

  private EndAnalysis(TaskTable tasks) {
    this.tasks = tasks;
  }

  /** Decides between finished and deadlock; only asked when no task can ever run again. */
  static EndOfRun of(TaskTable tasks) {
    EndAnalysis analysis = new EndAnalysis(tasks);
    analysis.findEventWaiting();
    List<WaitsFor> links = new ArrayList<>();
    for (Task task : tasks.all()) {
      analysis.link(task).ifPresent(links::add);
    }
    return links.isEmpty() ? new EndOfRun.Finished() : new EndOfRun.Deadlock(links);
  }

  /**
   * Each task is looked at once for each event-waiting one, of which there may be many in a row.
   */
  private void findEventWaiting() {
    List<Task> all = tasks.all();
    Deque<Task> found = new ArrayDeque<>();
    all.stream().filter(task -> task.state() instanceof TaskState.EventBlocked).forEach(found::add);
    found.forEach(task -> eventWaiting.add(task.tid().value()));
    while (!found.isEmpty()) {
      Task eventWaiter = found.remove();
      for (Task task : all) {
        if (waitsOn(task, eventWaiter) && eventWaiting.add(task.tid().value())) {
          found.add(task);
        }
      }
    }
  }

  /** Whether a task is event-waiting because another one is. */
  private static boolean waitsOn(Task task, Task eventWaiter) {
    return switch (task.state()) {
      case TaskState.SendBlocked blocked -> blocked.to().equals(eventWaiter.tid());
      case TaskState.ReplyBlocked blocked -> blocked.by().equals(eventWaiter.tid());
      case TaskState.ReceiveBlocked _ -> eventWaiter != task && feeds(eventWaiter, task);
      case TaskState.EventBlocked _,
          TaskState.Ready _,
          TaskState.Active _,
          TaskState.NeverStarted _,
          TaskState.Lost _,
          TaskState.Exited _ ->
          false;
    };
  }

  private static boolean feeds(Task feeder, Task server) {
    boolean isServing = feeder.state() instanceof TaskState.ReceiveBlocked;
    boolean isChild = feeder.parent().equals(server.tid()) && !(isServing && feeder.hasReceived());
    return isChild || feeder.hasSentTo(server.tid());
  }

  /** The link of a task that waits for ever; empty for all others. */
  private Optional<WaitsFor> link(Task task) {
    if (eventWaiting.contains(task.tid().value())) {
      return Optional.empty();
    }
    Wait forWhat = task.state() instanceof TaskState.SendBlocked ? Wait.RECEIVE : Wait.REPLY;
    return task.state().waitsFor().map(target -> link(task, forWhat, target));
  }

  private WaitsFor link(Task waiter, Wait forWhat, Tid target) {
    Optional<Task> found = tasks.find(target.value());
    String program = found.map(Task::programName).orElse("");
    ChainEnd end = found.map(task -> end(waiter, task)).orElse(ChainEnd.VANISHED);
    return new WaitsFor(waiter.tid(), waiter.programName(), forWhat, target, program, end);
  }

  private ChainEnd end(Task waiter, Task target) {
    if (target.tid().equals(Tid.IDLE)) {
      return ChainEnd.IDLE;
    }
    return switch (target.state()) {
      case TaskState.NeverStarted _ -> ChainEnd.NEVER_STARTED;
      case TaskState.Lost _ -> ChainEnd.LOST;
      case TaskState.ReceiveBlocked _ -> ChainEnd.ONLY_RECEIVES;
      case TaskState.SendBlocked blocked -> isOnCycle(waiter) ? ChainEnd.CYCLE : ChainEnd.GOES_ON;
      case TaskState.ReplyBlocked blocked -> isOnCycle(waiter) ? ChainEnd.CYCLE : ChainEnd.GOES_ON;
      case TaskState.EventBlocked _ ->
          throw new IllegalStateException(target + " waits for an event, and so does " + waiter);
      case TaskState.Ready _, TaskState.Active _, TaskState.Exited _ ->
          throw new IllegalStateException(target + " could run: " + target.state());
    };
  }

  /** Whether following those who are waited for leads back to {@code start}. */
  private boolean isOnCycle(Task start) {
    Set<Integer> seen = new TreeSet<>();
    Optional<Task> next = target(start);
    while (next.isPresent() && seen.add(next.get().tid().value())) {
      if (next.get() == start) {
        return true;
      }
      next = target(next.get());
    }
    return false;
  }

  private Optional<Task> target(Task task) {
    return task.state().waitsFor().flatMap(tid -> tasks.find(tid.value()));
  }
}
