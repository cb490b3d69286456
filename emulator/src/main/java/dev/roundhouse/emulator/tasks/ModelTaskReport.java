package dev.roundhouse.emulator.tasks;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.observe.Backtrace;
import dev.roundhouse.emulator.observe.CallLines;
import dev.roundhouse.emulator.observe.CodePlace;
import dev.roundhouse.emulator.observe.Symbols;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.board.EventSources;
import dev.roundhouse.kernel.board.Prospect.Verdict;
import dev.roundhouse.kernel.report.EventWait;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.Tid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Tells of a kernel model's tasks.
 *
 * @param sources what may still interrupt
 * @param symbols names for their code
 * @param memory their RAM
 * @param stackUsed the bytes of a task's stack that were in use at most
 */
public record ModelTaskReport(
    Kernel kernel,
    EventSources sources,
    Symbols symbols,
    PhysicalMemory memory,
    ToLongFunction<Task> stackUsed) {
  /** All that live but the idle task, whose registers are those that they go on with. */
  public TaskReport at(VirtualTime now) {
    List<Task> tasks =
        kernel.tasks().stream().filter(task -> !task.tid().equals(Tid.IDLE)).toList();
    TaskNames names = TaskNames.of(tasks, memory);
    Map<Integer, EventWait> waits = new TreeMap<>();
    kernel.eventWaits(sources).forEach(wait -> waits.put(wait.tid().value(), wait));
    return new TaskReport(
        now,
        tasks.stream()
            .map(task ->
                new TaskReport.Row(
                    ModelTasks.info(task),
                    names.of(task.tid().value()),
                    OptionalLong.of(task.stateNanos()),
                    waitsFor(task, waits, names),
                    place(task),
                    OptionalLong.of(task.activeNanos(now.nanos())),
                    OptionalLong.of(stackUsed.applyAsLong(task))))
            .toList(),
        new CallLines(kernel, symbols, memory).before(tasks));
  }

  private String waitsFor(Task task, Map<Integer, EventWait> waits, TaskNames names) {
    return switch (task.state()) {
      case TaskState.SendBlocked(Tid to, var _, var _) -> names.label(to.value()) + " to receive";
      case TaskState.ReplyBlocked(Tid by, var _) -> names.label(by.value()) + " to reply";
      case TaskState.ReceiveBlocked _ -> "a message";
      case TaskState.EventBlocked _ ->
          Optional.ofNullable(waits.get(task.tid().value())).map(ModelTaskReport::event).orElse("");
      case TaskState.NeverStarted(int priority, var _) -> "ever: priority %d".formatted(priority);
      case TaskState.Lost() -> "ever: the ready queue was full";
      case TaskState.Ready(), TaskState.Active(), TaskState.Exited() -> "";
    };
  }

  private static String event(EventWait wait) {
    return wait.prospect().verdict() == Verdict.MAY_COME ? wait.name() : wait.text();
  }

  private Optional<CodePlace> place(Task task) {
    return task.program().map(program -> CodePlace.own(Backtrace.places(task, symbols, memory)));
  }
}
