package dev.roundhouse.kernel;

import dev.roundhouse.kernel.board.Prospect.Verdict;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.EventWait;
import dev.roundhouse.kernel.report.StillWaiting;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
  private static final int ENTRY = 1;

  private final TaskTable tasks;

  /** Of each event-waiting task the wait at which its chain ends. */
  private final Map<Integer, EventWait> eventWaiting = new TreeMap<>();

  private EndAnalysis(TaskTable tasks) {
    this.tasks = tasks;
  }

  /** Decides between finished and deadlock; only asked when no task can ever run again. */
  static EndOfRun of(TaskTable tasks, List<EventWait> waits) {
    EndAnalysis analysis = new EndAnalysis(tasks);
    analysis.findEventWaiting(waits);
    List<WaitsFor> links = new ArrayList<>();
    for (Task task : tasks.all()) {
      analysis.link(task).ifPresent(links::add);
    }
    return links.isEmpty()
        ? new EndOfRun.Finished(analysis.leftWaiting())
        : new EndOfRun.Deadlock(links);
  }

  private List<StillWaiting> leftWaiting() {
    List<StillWaiting> left = new ArrayList<>();
    eventWaiting.forEach((tid, wait) ->
        tasks
            .find(tid)
            .filter(task -> !isServer(task) && !hasDoneItsPart(task, wait))
            .ifPresent(task ->
                left.add(
                    new StillWaiting(
                        task.tid(), task.programName(), task.state().waitsFor(), wait))));
    return left;
  }

  private static boolean isServer(Task task) {
    return task.state() instanceof TaskState.ReceiveBlocked;
  }

  /**
   * Whether it is no news that a task waits: a notifier of a server that waits for work, whose
   * source did come as far as it could, or a courier whose server keeps it until there is work.
   */
  private boolean hasDoneItsPart(Task task, EventWait wait) {
    Optional<Tid> on = task.state().waitsFor();
    if (on.isPresent()) {
      return on.get().equals(task.parent());
    }
    return wait.prospect().verdict() != Verdict.NEVER_COULD_COME
        && tasks.all().stream()
            .anyMatch(other -> isServer(other) && !isKernels(other) && feeds(task, other));
  }

  /** Whether a task is one that the kernel makes for others, as the name server is. */
  private static boolean isKernels(Task task) {
    return task.parent().equals(Tid.IDLE) && task.tid().value() != ENTRY;
  }

  /**
   * Each task is looked at once for each event-waiting one, of which there may be many in a row.
   */
  private void findEventWaiting(List<EventWait> waits) {
    List<Task> all = tasks.all();
    Deque<Task> found = new ArrayDeque<>();
    for (EventWait wait : waits) {
      eventWaiting.put(wait.tid().value(), wait);
      tasks.find(wait.tid().value()).ifPresent(found::add);
    }
    while (!found.isEmpty()) {
      Task eventWaiter = found.remove();
      EventWait wait = eventWaiting.get(eventWaiter.tid().value());
      for (Task task : all) {
        if (waitsOn(task, eventWaiter)
            && eventWaiting.putIfAbsent(task.tid().value(), wait) == null) {
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
    if (eventWaiting.containsKey(task.tid().value())) {
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
