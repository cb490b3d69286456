package dev.roundhouse.emulator.conformance.oracle;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.conformance.oracle.Lives.Doing;
import dev.roundhouse.emulator.conformance.oracle.Lives.Life;
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
  private final Lives lives = new Lives();
  private final List<Deque<Integer>> ready = new ArrayList<>();
  private final List<Life> mustWake = new ArrayList<>();
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
      lives.of(tid++).priority = task.priority();
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
      case KernelEvent.Called(Tid tid, Syscall call) -> called(life(tid), call);
      case KernelEvent.BecameReady(Tid tid, long result) -> becameReady(life(tid));
      case KernelEvent.Dispatched(Tid tid) -> dispatched(life(tid));
      case KernelEvent.Created(Tid tid, Tid parent, int priority) -> life(tid).priority = priority;
      case KernelEvent.SendBlocked(Tid tid, Tid to) -> sendBlocked(life(tid), life(to));
      case KernelEvent.ReceiveBlocked(Tid tid) -> {
        require(life(tid).senders.isEmpty(), "a task with a sender does not wait", life(tid));
        blocked(life(tid), Doing.RECEIVE_BLOCKED, 0);
      }
      case KernelEvent.ReplyBlocked(Tid tid, Tid by) -> replyBlocked(life(tid), life(by));
      case KernelEvent.EventBlocked(Tid tid, int id) -> blocked(life(tid), Doing.EVENT_BLOCKED, id);
      case KernelEvent.Interrupted(Tid tid) -> {
        require(
            tid.equals(Tid.IDLE) || life(tid).doing == Doing.RUNNING,
            "who is interrupted runs",
            life(tid));
        isServing = true;
      }
      case KernelEvent.InterruptServed(int id) -> served(id);
      case KernelEvent.Lost(Tid tid) -> {
        life(tid).doing = Doing.LOST;
        mustWake.remove(life(tid));
      }
      case KernelEvent.Exited(Tid tid) -> {
        require(life(tid).doing == Doing.RUNNING, "who exits runs", life(tid));
        life(tid).doing = Doing.EXITED;
      }
      case KernelEvent.Idle _ -> {
        entered();
        ready.forEach(level -> require(level.isEmpty(), "idle while none is ready", level));
      }
      case KernelEvent.Loaded _ -> {}
    }
  }

  private Life life(Tid tid) {
    return lives.of(tid.value());
  }

  private void called(Life task, Syscall call) {
    require(task.doing == Doing.RUNNING, "who calls runs", task);
    task.call = call;
    caller = task.tid;
    isServing = false;
  }

  /** An entry of the kernel is over: who is dispatched now, or nobody. */
  private void entered() {
    require(mustWake.isEmpty(), "an interrupt wakes all who wait for it", mustWake);
    isServing = false;
  }

  private void dispatched(Life task) {
    entered();
    for (Deque<Integer> level : ready) {
      Integer first = level.pollFirst();
      if (first != null) {
        require(first == task.tid, "the first of the highest priority runs, tid " + first, task);
        task.doing = Doing.RUNNING;
        return;
      }
    }
    require(false, "who runs was ready", task);
  }

  private void becameReady(Life task) {
    switch (task.doing) {
      case READY -> require(false, "nobody is ready twice", task);
      case SEND_BLOCKED -> require(isExitOf(task.awaited), "a sender waits to be received", task);
      case RECEIVE_BLOCKED ->
          require(takesCall(task, Doing.RECEIVE_BLOCKED), "a receiver waits for a send", task);
      case REPLY_BLOCKED ->
          require(
              takesCall(task, Doing.REPLY_BLOCKED) || isExitOf(task.awaited),
              "a sender waits for one reply to it",
              task);
      case EVENT_BLOCKED -> {
        require(isServing, "who waits for an event wakes by an interrupt", task);
        mustWake.remove(task);
      }
      default ->
          require(task.doing == Doing.STARTING || task.doing == Doing.RUNNING, "who goes on", task);
    }
    if (isExitOf(task.awaited) && task.doing == Doing.SEND_BLOCKED) {
      lives.of(task.awaited).senders.remove(task.tid);
    }
    task.doing = Doing.READY;
    ready.get(task.priority).addLast(task.tid);
  }

  private boolean isExitOf(int tid) {
    return !isServing && caller == tid && lives.of(tid).call instanceof Syscall.Exit;
  }

  /** Whether the present system call is one for {@code task}; one call is for one task. */
  private boolean takesCall(Life task, Doing waiting) {
    Syscall call = isServing ? null : lives.of(caller).call;
    int to =
        switch (call) {
          case Syscall.Send send when waiting == Doing.RECEIVE_BLOCKED -> send.to();
          case Syscall.Reply reply when waiting == Doing.REPLY_BLOCKED -> reply.to();
          case null, default -> -1;
        };
    return to == task.tid;
  }

  private void blocked(Life task, Doing doing, int awaited) {
    require(task.doing == Doing.RUNNING, "who begins to wait runs", task);
    task.doing = doing;
    task.awaited = awaited;
  }

  private void sendBlocked(Life task, Life to) {
    require(to.doing != Doing.RECEIVE_BLOCKED, "a waiting receiver gets the message", task);
    require(to.doing != Doing.EXITED, "nobody queues at a task that is gone", task);
    blocked(task, Doing.SEND_BLOCKED, to.tid);
    to.senders.addLast(task.tid);
  }

  private void replyBlocked(Life task, Life by) {
    if (task.doing == Doing.SEND_BLOCKED) {
      Integer oldest = by.senders.pollFirst();
      require(
          oldest != null && oldest == task.tid && caller == by.tid,
          "the oldest sender is received, by whom it sent to",
          task);
      task.doing = Doing.REPLY_BLOCKED;
      task.awaited = by.tid;
    } else {
      require(by.doing == Doing.RECEIVE_BLOCKED, "who got the message waited for it", by);
      blocked(task, Doing.REPLY_BLOCKED, by.tid);
    }
  }

  /** All who wait for the timer must wake; of UARTs the trace does not tell which it was. */
  private void served(int id) {
    if (id == profile.interrupts().timer()) {
      for (Life task : lives.all()) {
        if (task.doing == Doing.EVENT_BLOCKED
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
