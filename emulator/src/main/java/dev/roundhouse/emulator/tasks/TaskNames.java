package dev.roundhouse.emulator.tasks;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.loader.ArgumentBlock;
import dev.roundhouse.kernel.task.Task;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What tasks are called: by their program, and where several are of one program, by the argument in
 * which they differ; programs of this family often are one file with many roles.
 */
final class TaskNames {
  private static final String ROLE = "ROLE";
  private static final int LONGEST_BLOCK = 4096;

  private final PhysicalMemory memory;
  private final Map<Integer, Map<String, String>> arguments = new TreeMap<>();
  private final Map<String, List<Task>> byProgram;

  /** Names for these tasks, whose argument blocks are read from memory as they are now. */
  TaskNames(List<Task> tasks, PhysicalMemory memory) {
    this.memory = memory;
    tasks.forEach(task -> arguments.put(task.tid().value(), read(task)));
    byProgram =
        tasks.stream()
            .collect(Collectors.groupingBy(Task::programName, TreeMap::new, Collectors.toList()));
  }

  private Map<String, String> read(Task task) {
    UserBuffer block = task.arguments();
    if (block.length() > LONGEST_BLOCK || !memory.contains(block.address(), block.length())) {
      return Map.of();
    }
    byte[] bytes = new byte[(int) block.length()];
    memory.read(block.address(), bytes, 0, bytes.length);
    return ArgumentBlock.others(bytes);
  }

  /** A task's name, such as {@code clock_server} or {@code user_entry ROLE=waiter TICKS=3}. */
  String of(Task task) {
    Map<String, String> mine = argumentsOf(task);
    List<Task> alike = byProgram.getOrDefault(task.programName(), List.of());
    StringBuilder name = new StringBuilder(task.programName());
    String role = mine.getOrDefault(ROLE, "");
    if (!role.isEmpty()) {
      name.append(' ').append(ROLE).append('=').append(role);
      alike =
          alike.stream()
              .filter(other -> role.equals(argumentsOf(other).getOrDefault(ROLE, "")))
              .toList();
    }
    List<Task> others = alike;
    mine.keySet().stream()
        .filter(key -> differs(others, key))
        .findFirst()
        .ifPresent(
            key -> name.append(' ').append(key).append('=').append(mine.getOrDefault(key, "")));
    return name.toString();
  }

  private Map<String, String> argumentsOf(Task task) {
    return arguments.getOrDefault(task.tid().value(), Map.of());
  }

  private boolean differs(List<Task> alike, String key) {
    return alike.stream().map(task -> argumentsOf(task).getOrDefault(key, "")).distinct().count()
        > 1;
  }
}
