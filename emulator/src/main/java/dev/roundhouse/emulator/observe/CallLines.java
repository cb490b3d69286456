package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.abi.SyscallKind;
import dev.roundhouse.kernel.abi.SyscallTable;
import dev.roundhouse.kernel.task.CallHistory.Call;
import dev.roundhouse.kernel.task.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The system calls that tasks made last, in words.
 *
 * @param symbols of the tasks' programs
 * @param memory which they are in
 */
public record CallLines(Kernel kernel, Symbols symbols, PhysicalMemory memory) {
  private static final int MOST_OF_A_FAULT = 16;
  private static final int MOST_OF_A_TASK = 3;
  private static final int MOST_OF_A_WAIT = 12;

  private record Made(Task task, Call call) {}

  /** The latest calls of all tasks that live, with all arguments, latest last. */
  List<String> ofAll() {
    List<Made> made = new ArrayList<>();
    for (Task task : kernel.tasks()) {
      task.calls().calls().forEach(call -> made.add(new Made(task, call)));
    }
    return latest(made, MOST_OF_A_FAULT).stream().map(this::whole).toList();
  }

  private static List<Made> latest(List<Made> made, int most) {
    made.sort(Comparator.comparingLong(one -> one.call.nanos()));
    return made.subList(Math.max(0, made.size() - most), made.size());
  }

  private String whole(Made made) {
    Call call = made.call;
    SyscallTable table = kernel.profile().syscalls();
    String signature =
        table.knows(call.number())
            ? table.arguments(table.at(call.number()), call.registers()).stream()
                .map("0x%x"::formatted)
                .collect(Collectors.joining(", ", name(call) + "(", ")"))
            : name(call);
    return "    %s tid %d %s%s from %s"
        .formatted(
            new VirtualTime(call.nanos()),
            made.task.tid().value(),
            signature,
            result(call),
            place(made));
  }

  /** The call that a task made last and where, such as {@code send(2) at 0.000201s, a.c:31}. */
  Optional<String> latest(Task task) {
    List<Call> calls = task.calls().calls();
    return calls.isEmpty()
        ? Optional.empty()
        : Optional.of(present(task) + ", " + place(new Made(task, calls.getLast())));
  }

  /** The call that a task waits in, such as {@code send(2) at 0.000201s}. */
  String present(Task task) {
    List<Call> calls = task.calls().calls();
    return calls.isEmpty()
        ? "waits"
        : "%s at %s".formatted(signature(calls.getLast()), time(calls.getLast()));
  }

  /**
   * What tasks asked of others before the calls that they wait in, latest last, below a line that
   * says so; none if they asked nothing.
   */
  public List<String> before(List<Task> tasks) {
    List<Made> made = new ArrayList<>();
    for (Task task : tasks) {
      List<Call> told =
          task.calls().calls().stream()
              .filter(call -> call.result().isPresent() && isTold(call))
              .toList();
      told.subList(Math.max(0, told.size() - MOST_OF_A_TASK), told.size())
          .forEach(call -> made.add(new Made(task, call)));
    }
    Stream<String> lines =
        latest(made, MOST_OF_A_WAIT).stream()
            .map(one ->
                "    tid %d %s%s at %s, %s"
                    .formatted(
                        one.task.tid().value(),
                        signature(one.call),
                        result(one.call),
                        time(one.call),
                        place(one)));
    return made.isEmpty()
        ? List.of()
        : Stream.concat(Stream.of("  before that, latest last"), lines).toList();
  }

  private String place(Made made) {
    return Backtrace.caller(made.task, made.call, symbols, memory);
  }

  private static VirtualTime time(Call call) {
    return new VirtualTime(call.nanos());
  }

  /** Whether a call has to do with other tasks or events. */
  private boolean isTold(Call call) {
    SyscallTable table = kernel.profile().syscalls();
    return !table.knows(call.number())
        || switch (table.at(call.number())) {
          case CREATE, SEND, RECEIVE, REPLY, AWAIT_EVENT -> true;
          default -> false;
        };
  }

  private String name(Call call) {
    SyscallTable table = kernel.profile().syscalls();
    return table.knows(call.number())
        ? table.at(call.number()).callName()
        : "svc #" + call.number();
  }

  /** The call with the one argument that says whom or what it is about. */
  private String signature(Call call) {
    SyscallTable table = kernel.profile().syscalls();
    if (!table.knows(call.number())) {
      return name(call);
    }
    SyscallKind kind = table.at(call.number());
    return switch (kind) {
      case SEND, REPLY, AWAIT_EVENT, CREATE ->
          "%s(%d)"
              .formatted(name(call), table.arguments(kind, call.registers()).getFirst().intValue());
      default -> name(call) + "()";
    };
  }

  private static String result(Call call) {
    return call.result().isPresent() ? " = " + (int) call.result().getAsLong() : "";
  }
}
