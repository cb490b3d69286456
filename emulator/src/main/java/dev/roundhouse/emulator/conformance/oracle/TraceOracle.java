package dev.roundhouse.emulator.conformance.oracle;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.conformance.oracle.TracedTasks.State;
import dev.roundhouse.emulator.conformance.oracle.TracedTasks.TracedTask;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Checks a kernel's trace while it is written:
 *
 * <ul>
 *   <li>who runs has the highest priority of all that are ready, and within it is ready longest;
 *   <li>nobody is ready twice, or ready and waiting;
 *   <li>whoever waits for a reply goes on by one reply to it, whoever waits for a message by one
 *       send to it, and senders are received in the order in which they came;
 *   <li>nobody waits for a message while a sender waits for it to receive;
 *   <li>an interrupt that serves an event wakes all who wait for it.
 * </ul>
 *
 * <p>Two of these have exceptions: on a kernel that tells senders that a task has exited, they go
 * on by its exit; and a full ready queue loses tasks.
 */
public final class TraceOracle implements TraceSink {
  private final AbiProfile profile;
  private final TracedTasks tasks = new TracedTasks();
  private final List<Deque<Integer>> ready = new ArrayList<>();
  private final List<TracedTask> mustWake = new ArrayList<>();
  private int caller;
  private boolean isServing;

  /** An oracle for the kernel of {@code profile}, from its first event on. */
  public TraceOracle(AbiProfile profile) {
    this.profile = profile;
    for (int level = 0; level <= profile.limits().lowestPriority(); level++) {
      ready.add(new ArrayDeque<>());
    }
    int tid = 1;
    for (var task : profile.bootTasks()) {
      tasks.of(tid++).priority = task.priority();
    }
  }

  @Override
  public boolean isOn() {
    return true;
  }

  /**
   * Takes an event.
   *
   * @throws BrokenOracleException if something does not hold
   */
  @Override
  public void emit(long nanos, TraceEvent event) {
    if (event instanceof KernelEvent kernelEvent) {
      take(kernelEvent);
    }
  }

  /** Takes an event of the kernel's. */
  void take(KernelEvent event) {
    switch (event) {
      case KernelEvent.Called(Tid tid, Syscall call) -> called(traced(tid), call);
      case KernelEvent.BecameReady(Tid tid, long result) -> becameReady(traced(tid));
      case KernelEvent.Dispatched(Tid tid) -> dispatched(traced(tid));
      case KernelEvent.Created(Tid tid, Tid parent, int priority) ->
          traced(tid).priority = priority;
      case KernelEvent.SendBlocked(Tid tid, Tid to) -> sendBlocked(traced(tid), traced(to));
      case KernelEvent.ReceiveBlocked(Tid tid) -> {
        require(traced(tid).senders.isEmpty(), "a task with a sender does not wait", traced(tid));
        blocked(traced(tid), State.RECEIVE_BLOCKED, 0);
      }
      case KernelEvent.ReplyBlocked(Tid tid, Tid by) -> replyBlocked(traced(tid), traced(by));
      case KernelEvent.EventBlocked(Tid tid, int id) ->
          blocked(traced(tid), State.EVENT_BLOCKED, id);
      case KernelEvent.Interrupted(Tid tid) -> {
        require(
            tid.equals(Tid.IDLE) || traced(tid).state == State.RUNNING,
            "who is interrupted runs",
            traced(tid));
        isServing = true;
      }
      case KernelEvent.InterruptServed(int id) -> served(id);
      case KernelEvent.Lost(Tid tid) -> {
        traced(tid).state = State.LOST;
        mustWake.remove(traced(tid));
      }
      case KernelEvent.Exited(Tid tid) -> {
        require(traced(tid).state == State.RUNNING, "who exits runs", traced(tid));
        traced(tid).state = State.EXITED;
      }
      case KernelEvent.Idle _ -> {
        entered();
        ready.forEach(level -> require(level.isEmpty(), "idle while none is ready", level));
      }
      case KernelEvent.Loaded _ -> {}
    }
  }

  private TracedTask traced(Tid tid) {
    return tasks.of(tid.value());
  }

  private void called(TracedTask task, Syscall call) {
    require(task.state == State.RUNNING, "who calls runs", task);
    task.call = call;
    caller = task.tid;
    isServing = false;
  }

  /** An entry of the kernel is over: who is dispatched now, or nobody. */
  private void entered() {
    require(mustWake.isEmpty(), "an interrupt wakes all who wait for it", mustWake);
    isServing = false;
  }

  private void dispatched(TracedTask task) {
    entered();
    for (Deque<Integer> level : ready) {
      Integer first = level.pollFirst();
      if (first != null) {
        require(first == task.tid, "the first of the highest priority runs, tid " + first, task);
        task.state = State.RUNNING;
        return;
      }
    }
    require(false, "who runs was ready", task);
  }

  private void becameReady(TracedTask task) {
    switch (task.state) {
      case READY -> require(false, "nobody is ready twice", task);
      case SEND_BLOCKED -> require(isExitOf(task.awaited), "a sender waits to be received", task);
      case RECEIVE_BLOCKED ->
          require(takesCall(task, State.RECEIVE_BLOCKED), "a receiver waits for a send", task);
      case REPLY_BLOCKED ->
          require(
              takesCall(task, State.REPLY_BLOCKED) || isExitOf(task.awaited),
              "a sender waits for one reply to it",
              task);
      case EVENT_BLOCKED -> {
        require(isServing, "who waits for an event wakes by an interrupt", task);
        mustWake.remove(task);
      }
      default ->
          require(task.state == State.STARTING || task.state == State.RUNNING, "who goes on", task);
    }
    if (isExitOf(task.awaited) && task.state == State.SEND_BLOCKED) {
      tasks.of(task.awaited).senders.remove(task.tid);
    }
    task.state = State.READY;
    ready.get(task.priority).addLast(task.tid);
  }

  private boolean isExitOf(int tid) {
    return !isServing && caller == tid && tasks.of(tid).call instanceof Syscall.Exit;
  }

  /** Whether the present system call is one for {@code task}; one call is for one task. */
  private boolean takesCall(TracedTask task, State waiting) {
    Syscall call = isServing ? null : tasks.of(caller).call;
    int to =
        switch (call) {
          case Syscall.Send send when waiting == State.RECEIVE_BLOCKED -> send.to();
          case Syscall.Reply reply when waiting == State.REPLY_BLOCKED -> reply.to();
          case null, default -> -1;
        };
    return to == task.tid;
  }

  private void blocked(TracedTask task, State state, int awaited) {
    require(task.state == State.RUNNING, "who begins to wait runs", task);
    task.state = state;
    task.awaited = awaited;
  }

  private void sendBlocked(TracedTask task, TracedTask to) {
    require(to.state != State.RECEIVE_BLOCKED, "a waiting receiver gets the message", task);
    require(to.state != State.EXITED, "nobody queues at a task that is gone", task);
    blocked(task, State.SEND_BLOCKED, to.tid);
    to.senders.addLast(task.tid);
  }

  private void replyBlocked(TracedTask task, TracedTask by) {
    if (task.state == State.SEND_BLOCKED) {
      Integer oldest = by.senders.pollFirst();
      require(
          oldest != null && oldest == task.tid && caller == by.tid,
          "the oldest sender is received, by whom it sent to",
          task);
      task.state = State.REPLY_BLOCKED;
      task.awaited = by.tid;
    } else {
      require(by.state == State.RECEIVE_BLOCKED, "who got the message waited for it", by);
      blocked(task, State.REPLY_BLOCKED, by.tid);
    }
  }

  /** All who wait for the timer must wake; of UARTs the trace does not tell which it was. */
  private void served(int id) {
    if (id == profile.interrupts().timer()) {
      for (TracedTask task : tasks.all()) {
        if (task.state == State.EVENT_BLOCKED
            && task.awaited == profile.interrupts().timerEvent().value()) {
          mustWake.add(task);
        }
      }
    }
  }

  private static void require(boolean holds, String rule, Object where) {
    if (!holds) {
      throw new BrokenOracleException(rule, where);
    }
  }
}
