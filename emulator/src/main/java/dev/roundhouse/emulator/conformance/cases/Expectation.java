package dev.roundhouse.emulator.conformance.cases;

import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What must be seen of a case, in the words of docs/conformance.md. Immutable: each method gives
 * one with more said.
 *
 * @param tasks by tid, all that there ever were but idle
 * @param order who entered the kernel, one word for each entry; with loaders and the kernel's
 *     second program if {@code detail} says so
 * @param detail how much of the order is said
 * @param end how the run ends
 * @param endText what the report of the end has in it
 * @param reports the rules that were broken, in order: tid and rule
 * @param output what each UART sent
 */
public record Expectation(
    SortedMap<Integer, ExpectedTask> tasks,
    String order,
    Detail detail,
    EndKind end,
    String endText,
    List<String> reports,
    SortedMap<Integer, String> output) {
  /** The state of a task that is gone. */
  public static final String EXITED = "exited";

  private static final int NAME_SERVER = 2;
  private static final int CONSOLE = 2;

  /**
   * What must be seen of a task.
   *
   * @param steps its steps' texts, with {@code *} for any characters
   * @param state what it does at the end
   */
  public record ExpectedTask(String steps, String state) {}

  /** How much of the order is said. */
  public enum Detail {
    /** System calls and interrupts; not what loaders and the bundled name server do. */
    CALLS,
    /** All entries into the kernel. */
    ALL_ENTRIES
  }

  /** Copies all. */
  public Expectation {
    tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
    reports = List.copyOf(reports);
    output = Collections.unmodifiableSortedMap(new TreeMap<>(output));
  }

  /** A run that finishes, of which the calls of all tasks but the bundled name server are said. */
  public static Expectation order(String order) {
    return new Expectation(
            new TreeMap<>(), order, Detail.CALLS, EndKind.FINISHED, "", List.of(), new TreeMap<>())
        .task(NAME_SERVER, "-", "receive-blocked");
  }

  /** A run that finishes, of which each entry into the kernel is said. */
  public static Expectation fullOrder(String order) {
    Expectation e = order(order);
    return new Expectation(
        e.tasks, order, Detail.ALL_ENTRIES, e.end, e.endText, e.reports, e.output);
  }

  /** A task. */
  public Expectation task(int tid, String steps, String state) {
    SortedMap<Integer, ExpectedTask> more = new TreeMap<>(tasks);
    more.put(tid, new ExpectedTask(steps, state));
    return new Expectation(more, order, detail, end, endText, reports, output);
  }

  /** Tasks {@code first} to {@code last}, all alike. */
  public Expectation tasks(int first, int last, String steps, String state) {
    Expectation all = this;
    for (int tid = first; tid <= last; tid++) {
      all = all.task(tid, steps, state);
    }
    return all;
  }

  /** The run ends so. */
  public Expectation ends(EndKind kind, String text) {
    return new Expectation(tasks, order, detail, kind, text, reports, output);
  }

  /** The kernel tells of a broken rule: tid and rule. */
  public Expectation reports(String... more) {
    List<String> all = new ArrayList<>(reports);
    Collections.addAll(all, more);
    return new Expectation(tasks, order, detail, end, endText, all, output);
  }

  /** The console's UART sends this. */
  public Expectation prints(String text) {
    SortedMap<Integer, String> more = new TreeMap<>(output);
    more.put(CONSOLE, text);
    return new Expectation(tasks, order, detail, end, endText, reports, more);
  }

  /** Task {@code tid}, if it is expected. */
  public Optional<ExpectedTask> task(int tid) {
    return Optional.ofNullable(tasks.get(tid));
  }
}
