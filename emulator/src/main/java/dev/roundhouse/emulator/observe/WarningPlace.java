package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.emulator.boundary.UserBytes;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.DeviceAccess;
import dev.roundhouse.kernel.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the code is that a device warns of, in words to be put behind the warning: the access, and
 * the functions that led there, for what accesses registers is often a small one that all use.
 * Without an access it is what runs meanwhile.
 */
public final class WarningPlace {
  private static final int MOST_PLACES = 5;

  private WarningPlace() {}

  /** Of a task that runs, or makes a system call. */
  public static String of(
      Optional<DeviceAccess> access,
      Task task,
      long[] registers,
      Symbols symbols,
      PhysicalMemory memory) {
    String who = access.isPresent() ? ", by " + task : ", while " + task + " is";
    return task.program().isEmpty()
        ? ", while " + task + " runs"
        : who + " at " + words(Backtrace.places(task, registers, symbols, memory));
  }

  /** Of a kernel on the core. */
  public static String of(
      Optional<DeviceAccess> access, CoreState core, long pc, Symbols symbols, UserBytes memory) {
    return (access.isPresent() ? ", at " : ", while at ")
        + words(Backtrace.places(core, pc, symbols, memory));
  }

  private static String words(List<CodePlace> places) {
    return places.stream()
        .filter(place -> place.equals(places.getFirst()) || place.isNamed())
        .limit(MOST_PLACES)
        .map(CodePlace::text)
        .collect(Collectors.joining(", called by "));
  }
}
