package dev.roundhouse.emulator.tasks;

import dev.roundhouse.emulator.boundary.KernelStep;
import dev.roundhouse.emulator.boundary.TrackedTask;
import dev.roundhouse.kernel.abi.ArgumentShape.Kind;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallShape.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The tasks of a booted kernel, as far as its boundary shows them: a task is where its last call
 * left it until it is seen to go on. That a message was received shows when the receiver comes back
 * with the sender's tid; until then the sender counts as send-blocked.
 */
public final class BoundaryTasks implements TaskList {
  private final CallAbi abi;
  private final Map<String, Role> roles = new TreeMap<>();
  private final Map<TrackedTask, Seen> tasks = new LinkedHashMap<>();

  /** A task, and how it was seen last. */
  private static final class Seen {
    private final TrackedTask task;
    private TaskStatus status = new TaskStatus.Ready();
    private OptionalInt priority = OptionalInt.empty();

    Seen(TrackedTask task) {
      this.task = task;
    }
  }

  /** Nobody yet, of a kernel with these calls. */
  public BoundaryTasks(CallAbi abi) {
    this.abi = abi;
    abi.calls().values().forEach(call -> roles.put(call.name(), call.role()));
  }

  /** Something was seen. */
  public void take(KernelStep step) {
    switch (step) {
      case KernelStep.Started(var task) -> seen(task).status = new TaskStatus.Active();
      case KernelStep.Dispatched(var task) -> seen(task).status = new TaskStatus.Active();
      case KernelStep.Interrupted(var task) -> seen(task).status = new TaskStatus.Ready();
      case KernelStep.Faulted(var task, int _, long _) ->
          seen(task).status = new TaskStatus.InCall("exception");
      case KernelStep.Exited(var task) -> tasks.remove(task);
      case KernelStep.Created(var task, var _, int priority) ->
          seen(task).priority = OptionalInt.of(priority);
      case KernelStep.Called called -> seen(called.task()).status = inCall(called);
      case KernelStep.Returned returned -> {
        seen(returned.task()).status = new TaskStatus.Active();
        received(returned);
      }
    }
  }

  /** The machine has been reset: a new kernel boots. */
  public void forget() {
    tasks.clear();
  }

  private Seen seen(TrackedTask task) {
    return tasks.computeIfAbsent(task, Seen::new);
  }

  private TaskStatus inCall(KernelStep.Called called) {
    return switch (role(called.call())) {
      case SEND -> new TaskStatus.SendBlocked(number(called, Kind.TID));
      case RECEIVE -> new TaskStatus.ReceiveBlocked();
      case AWAIT_EVENT -> new TaskStatus.EventBlocked(number(called, Kind.INT));
      case PLAIN, CREATE, EXIT, MY_TID -> new TaskStatus.InCall(called.call());
    };
  }

  private static int number(KernelStep.Called called, Kind kind) {
    return called.arguments().stream()
        .filter(argument -> argument.kind() == kind)
        .mapToInt(argument -> (int) argument.value())
        .findFirst()
        .orElse(-1);
  }

  private Role role(String call) {
    return roles.getOrDefault(call, Role.PLAIN);
  }

  private void received(KernelStep.Returned returned) {
    if (role(returned.call()) != Role.RECEIVE || returned.firstNumber().isEmpty()) {
      return;
    }
    int sender = returned.firstNumber().getAsInt();
    for (Seen each : tasks.values()) {
      if (each.task.tid() == sender && each.status instanceof TaskStatus.SendBlocked) {
        each.status = new TaskStatus.ReplyBlocked(returned.task().tid());
      }
    }
  }

  @Override
  public List<TaskInfo> living() {
    List<TaskInfo> living = new ArrayList<>();
    for (Seen each : tasks.values()) {
      if (!each.task.isIdle()) {
        living.add(new TaskInfo(each.task.tid(), program(each.task), each.status, each.priority));
      }
    }
    living.sort(Comparator.comparingInt(TaskInfo::tid));
    return living;
  }

  private Optional<String> program(TrackedTask task) {
    return abi.tasks().first().stream()
        .filter(first -> first.tid() == task.tid())
        .findFirst()
        .flatMap(CallAbi.FirstTask::program);
  }
}
