package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.report.WaitsFor;
import dev.roundhouse.kernel.report.WaitsFor.ChainEnd;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.Tid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who waits for whom, where, and what they asked of others before. */
record WaitReport(Kernel kernel, Symbols symbols, PhysicalMemory memory) {
  private static final int MOST_HOPS = 12;

  /** The lines of a deadlock. */
  List<String> of(List<WaitsFor> chain) {
    List<String> lines = new ArrayList<>(List.of("deadlock:"));
    List<Task> tasks = new ArrayList<>();
    for (WaitsFor link : chain) {
      lines.add("  " + link.text());
      Optional<Task> waiter = kernel.task(link.waiter());
      waiter.ifPresent(task -> {
        tasks.add(task);
        lines.add("    " + doing(task));
      });
      Optional<Task> target = kernel.task(link.target());
      if (link.end() == ChainEnd.ONLY_RECEIVES && target.isPresent()) {
        tasks.add(target.get());
        lines.add("    %s: %s".formatted(target.get().tid(), doing(target.get())));
      }
    }
    return withCallsBefore(tasks, lines);
  }

  /**
   * The lines of a run that was cut.
   *
   * @param end in words
   */
  List<String> ofCut(String end) {
    List<String> lines = new ArrayList<>(List.of(end));
    inversion().ifPresent(lines::add);
    return lines;
  }

  /** The task that runs keeps one of lower priority from running, for which a higher one waits. */
  private Optional<String> inversion() {
    Task running = kernel.current();
    for (Task waiter : kernel.tasks()) {
      Optional<Task> target = target(waiter).flatMap(kernel::task);
      for (int hops = 0;
          hops < MOST_HOPS && target.flatMap(WaitReport::target).isPresent();
          hops++) {
        target = target.flatMap(WaitReport::target).flatMap(kernel::task);
      }
      boolean isKeptOff =
          target.filter(task -> task.state() instanceof TaskState.Ready).isPresent()
              && level(waiter) < level(running)
              && level(running) < level(target.get());
      if (isKeptOff) {
        return Optional.of(
            "  priority inversion: %s (priority %d) waits for %s (%d), which cannot run while %s (%d) does"
                .formatted(
                    waiter.tid(),
                    level(waiter),
                    target.get().tid(),
                    level(target.get()),
                    running.tid(),
                    level(running)));
      }
    }
    return Optional.empty();
  }

  private static Optional<Tid> target(Task waiter) {
    return switch (waiter.state()) {
      case TaskState.SendBlocked blocked -> Optional.of(blocked.to());
      case TaskState.ReplyBlocked blocked -> Optional.of(blocked.by());
      default -> Optional.empty();
    };
  }

  private static int level(Task task) {
    return task.priority().level();
  }

  private List<String> withCallsBefore(List<Task> tasks, List<String> lines) {
    List<String> before = new CallLines(kernel, symbols, memory).before(tasks);
    lines.addAll(before);
    return lines;
  }

  /** The call that a task waits in and where, such as {@code send(2) at 0.000201s, server.c:31}. */
  private String doing(Task task) {
    String what = new CallLines(kernel, symbols, memory).present(task);
    return task.program().isEmpty()
        ? what + ", not started"
        : what + ", " + CodePlace.own(Backtrace.places(task, symbols, memory)).text();
  }
}
