package dev.roundhouse.emulator.tasks;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.boundary.GivenArgument;
import dev.roundhouse.emulator.boundary.KernelStep;
import dev.roundhouse.emulator.boundary.TrackedTask;
import dev.roundhouse.emulator.boundary.UserBytes;
import dev.roundhouse.emulator.observe.Backtrace;
import dev.roundhouse.emulator.observe.CodePlace;
import dev.roundhouse.emulator.observe.Symbols;
import dev.roundhouse.kernel.abi.ArgumentShape.Kind;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallShape.Role;
import dev.roundhouse.kernel.loader.ArgumentBlock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The tasks of a booted kernel, as far as its boundary shows them: a task is where its last call
 * left it until it is seen to go on. That a message was received shows when the receiver comes back
 * with the sender's tid; until then the sender counts as send-blocked.
 */
public final class BoundaryTasks implements TaskList {
  private static final int DECIMAL_BELOW = 1 << 16;

  private final CallAbi abi;
  private final Symbols symbols;
  private final UserBytes memory;
  private final Map<String, Role> roles = new TreeMap<>();
  private final Map<TrackedTask, Seen> tasks = new LinkedHashMap<>();

  /** A task, and how it was seen last. */
  private static final class Seen {
    private final TrackedTask task;
    private TaskStatus status = new TaskStatus.Ready();
    private OptionalInt priority = OptionalInt.empty();
    private long since;
    private long activeNanos;

    Seen(TrackedTask task) {
      this.task = task;
    }

    void is(TaskStatus now, long nanos) {
      activeNanos = activeNanos(nanos);
      status = now;
      since = nanos;
    }

    long activeNanos(long nanos) {
      return status instanceof TaskStatus.Active ? activeNanos + nanos - since : activeNanos;
    }
  }

  /** Nobody yet, of a kernel with these calls, whose code has these symbols. */
  public BoundaryTasks(CallAbi abi, Symbols symbols, UserBytes memory) {
    this.abi = abi;
    this.symbols = symbols;
    this.memory = memory;
    abi.calls().values().forEach(call -> roles.put(call.name(), call.role()));
  }

  /** Something was seen. */
  public void take(long nanos, KernelStep step) {
    switch (step) {
      case KernelStep.Started(var task) -> seen(task).is(new TaskStatus.Active(), nanos);
      case KernelStep.Dispatched(var task) -> seen(task).is(new TaskStatus.Active(), nanos);
      case KernelStep.Interrupted(var task) -> seen(task).is(new TaskStatus.Ready(), nanos);
      case KernelStep.Faulted(var task, int _, long _) ->
          seen(task).is(new TaskStatus.InCall("exception"), nanos);
      case KernelStep.Exited(var task) -> tasks.remove(task);
      case KernelStep.Created(var task, var _, int priority) ->
          seen(task).priority = OptionalInt.of(priority);
      case KernelStep.Called called -> seen(called.task()).is(inCall(called), nanos);
      case KernelStep.Returned returned -> {
        seen(returned.task()).is(new TaskStatus.Active(), nanos);
        received(returned, nanos);
      }
    }
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

  private void received(KernelStep.Returned returned, long nanos) {
    if (role(returned.call()) != Role.RECEIVE || returned.firstNumber().isEmpty()) {
      return;
    }
    int sender = returned.firstNumber().getAsInt();
    for (Seen each : tasks.values()) {
      if (each.task.tid() == sender && each.status instanceof TaskStatus.SendBlocked) {
        each.is(new TaskStatus.ReplyBlocked(returned.task().tid()), nanos);
      }
    }
  }

  @Override
  public List<TaskInfo> living() {
    return sorted().stream().map(this::info).toList();
  }

  /** How a task left EL0 the last time; empty if there is none with that tid. */
  public Optional<TrackedTask.Left> left(int tid) {
    return sorted().stream()
        .filter(each -> each.task.tid() == tid)
        .map(each -> each.task.left())
        .findFirst();
  }

  private List<Seen> sorted() {
    List<Seen> living = new ArrayList<>(tasks.values());
    living.removeIf(each -> each.task.isIdle());
    living.sort(Comparator.comparingInt(each -> each.task.tid()));
    return living;
  }

  private TaskInfo info(Seen seen) {
    OptionalInt priority = seen.priority;
    if (priority.isEmpty()) {
      priority = first(seen.task).stream().mapToInt(CallAbi.FirstTask::priority).findFirst();
    }
    return new TaskInfo(seen.task.tid(), program(seen.task), seen.status, priority);
  }

  private Optional<CallAbi.FirstTask> first(TrackedTask task) {
    return abi.tasks().first().stream().filter(first -> first.tid() == task.tid()).findFirst();
  }

  private Optional<String> program(TrackedTask task) {
    return first(task)
        .flatMap(CallAbi.FirstTask::program)
        .or(() -> given(task, Kind.TEXT).map(GivenArgument::content))
        .or(() ->
            given(task, Kind.IN).flatMap(given -> ArgumentBlock.parse(bytes(given)).program()));
  }

  private static Optional<GivenArgument> given(TrackedTask task, Kind kind) {
    return task.made().stream().filter(argument -> argument.kind() == kind).findFirst();
  }

  private static byte[] bytes(GivenArgument given) {
    return given.content().getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * The same as it is shown; a kernel's boundary does not tell of stacks.
   *
   * @param pc what the core executes
   */
  public TaskReport report(VirtualTime now, long pc) {
    List<Seen> living = sorted();
    TaskNames names = new TaskNames(living.stream().map(seen -> made(seen.task)).toList());
    return new TaskReport(
        now,
        living.stream()
            .map(seen ->
                new TaskReport.Row(
                    info(seen),
                    names.of(seen.task.tid()),
                    OptionalLong.of(seen.since),
                    waitsFor(seen.status, names),
                    place(seen, pc),
                    OptionalLong.of(seen.activeNanos(now.nanos())),
                    OptionalLong.empty()))
            .toList(),
        List.of());
  }

  private TaskNames.Made made(TrackedTask task) {
    return new TaskNames.Made(
        task.tid(),
        program(task).orElseGet(() -> function(task)),
        given(task, Kind.IN).map(given -> ArgumentBlock.others(bytes(given))).orElse(Map.of()));
  }

  /** The function that a task was made of, or begins with. */
  private String function(TrackedTask task) {
    return given(task, Kind.ANY)
        .map(argument -> symbols.at(argument.value()).getLast())
        .filter(place -> place.offset() == 0 && !place.function().isEmpty())
        .or(() -> Optional.of(symbols.at(task.start()).getLast()))
        .map(CodePlace::function)
        .filter(name -> !name.isEmpty())
        .orElse("task");
  }

  private Optional<CodePlace> place(Seen seen, long pc) {
    if (seen.status instanceof TaskStatus.Active) {
      return Optional.of(symbols.at(pc).getFirst());
    }
    return seen.task.start() == 0
        ? Optional.empty()
        : Optional.of(CodePlace.own(Backtrace.places(seen.task.left(), symbols, memory)));
  }

  private static String waitsFor(TaskStatus status, TaskNames names) {
    return switch (status) {
      case TaskStatus.SendBlocked(int on) -> names.label(on) + " to receive";
      case TaskStatus.ReplyBlocked(int on) -> names.label(on) + " to reply";
      case TaskStatus.ReceiveBlocked() -> "a message";
      case TaskStatus.EventBlocked(int event) ->
          "event " + (event >= 0 && event < DECIMAL_BELOW ? event : "0x%x".formatted(event));
      case TaskStatus.InCall(String call) -> "the end of " + call;
      case TaskStatus.Active(),
          TaskStatus.Ready(),
          TaskStatus.NeverStarted _,
          TaskStatus.Lost(),
          TaskStatus.Exited() ->
          "";
    };
  }
}
