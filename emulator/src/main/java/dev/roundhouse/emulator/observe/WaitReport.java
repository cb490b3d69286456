package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.report.WaitsFor;
import dev.roundhouse.kernel.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where tasks wait for each other, and what they did before. */
record WaitReport(Kernel kernel, Symbols symbols, PhysicalMemory memory) {
  /** The lines of a deadlock. */
  List<String> of(List<WaitsFor> chain) {
    CallLines calls = new CallLines(kernel, symbols);
    List<String> lines = new ArrayList<>(List.of("deadlock:"));
    List<Task> waiters = new ArrayList<>();
    for (WaitsFor link : chain) {
      lines.add("  " + link.text());
      Optional<Task> waiter = kernel.task(link.waiter());
      waiter.ifPresent(task -> {
        waiters.add(task);
        lines.add("    %s, %s".formatted(calls.present(task), place(task)));
      });
    }
    List<String> before = calls.before(waiters);
    if (!before.isEmpty()) {
      lines.add("  before that, latest last");
      lines.addAll(before);
    }
    return lines;
  }

  private String place(Task task) {
    return Backtrace.ownPlace(task, symbols, memory).text();
  }
}
