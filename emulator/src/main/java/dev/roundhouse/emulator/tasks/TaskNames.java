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

  private final Map<Integer, Made> tasks = new TreeMap<>();
  private final Map<String, List<Made>> byProgram;

  /**
   * What a task was made of.
   *
   * @param program its name
   * @param arguments the others, by their keys
   */
  record Made(int tid, String program, Map<String, String> arguments) {
    private String value(String key) {
      return arguments.getOrDefault(key, "");
    }
  }

  /** Names for these tasks. */
  TaskNames(List<Made> made) {
    made.forEach(task -> tasks.put(task.tid, task));
    byProgram =
        made.stream()
            .collect(Collectors.groupingBy(Made::program, TreeMap::new, Collectors.toList()));
  }

  /** Names for tasks of the kernel model, whose argument blocks are read as they are now. */
  static TaskNames of(List<Task> tasks, PhysicalMemory memory) {
    return new TaskNames(
        tasks.stream()
            .map(task -> new Made(task.tid().value(), task.programName(), read(task, memory)))
            .toList());
  }

  private static Map<String, String> read(Task task, PhysicalMemory memory) {
    UserBuffer block = task.arguments();
    if (block.length() > LONGEST_BLOCK || !memory.contains(block.address(), block.length())) {
      return Map.of();
    }
    byte[] bytes = new byte[(int) block.length()];
    memory.read(block.address(), bytes, 0, bytes.length);
    return ArgumentBlock.others(bytes);
  }

  /**
   * A task's name, such as {@code clock_server} or {@code demo ROLE=waiter TICKS=3}; none of one
   * that is not here.
   */
  String of(int tid) {
    Made mine = tasks.get(tid);
    if (mine == null) {
      return "";
    }
    List<Made> alike = byProgram.getOrDefault(mine.program, List.of());
    StringBuilder name = new StringBuilder(mine.program);
    String role = mine.value(ROLE);
    if (!role.isEmpty()) {
      name.append(' ').append(ROLE).append('=').append(role);
      alike = alike.stream().filter(other -> role.equals(other.value(ROLE))).toList();
    }
    List<Made> others = alike;
    mine.arguments.keySet().stream()
        .filter(key -> others.stream().map(task -> task.value(key)).distinct().count() > 1)
        .findFirst()
        .ifPresent(key -> name.append(' ').append(key).append('=').append(mine.value(key)));
    return name.toString();
  }

  /** Tid and name, such as {@code tid 3 (clock_server)}. */
  String label(int tid) {
    String name = of(tid);
    return "tid " + tid + (name.isEmpty() ? ", which is gone," : " (" + name + ")");
  }
}
