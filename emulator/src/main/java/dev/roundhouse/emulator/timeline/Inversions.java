package dev.roundhouse.emulator.timeline;

import com.google.gson.stream.JsonWriter;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.time.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds priority inversions (Lampson and Redell, Experience with Processes and Monitors in Mesa,
 * 1980): a task waits for what a less urgent one does with its message, and that one could run but
 * does not, because a third task runs that is less urgent than the first.
 */
final class Inversions {
  private static final int MOST_SHOWN = 5;
  private static final int LONGEST_CHAIN = 64;

  private final TaskFollower tasks;
  private final Map<Parties, Inversion> found = new TreeMap<>(Parties.ORDER);

  /** Whom it is about, by tid. */
  private record Parties(int waiter, int owner, int runner) {
    private static final Comparator<Parties> ORDER =
        Comparator.comparingInt(Parties::waiter)
            .thenComparingInt(Parties::owner)
            .thenComparingInt(Parties::runner);
  }

  /** How long, in all, and where the longest stretch was. */
  private static final class Inversion {
    private long nanos;
    private long stretches;
    private long from;
    private long until = -1;
    private long longest;
    private long longestFrom;

    void add(long newFrom, long newUntil) {
      if (newFrom != until) {
        stretches++;
        from = newFrom;
      }
      until = newUntil;
      nanos += newUntil - newFrom;
      if (until - from > longest) {
        longest = until - from;
        longestFrom = from;
      }
    }
  }

  Inversions(TaskFollower tasks) {
    this.tasks = tasks;
  }

  /** Time passes in which every task does what it does. */
  void passed(long from, long until) {
    Optional<TracedTask> running = tasks.running();
    if (running.isEmpty() || running.get().priority == TracedTask.UNKNOWN_PRIORITY) {
      return;
    }
    TracedTask runner = running.get();
    for (TracedTask waiter : tasks.tasks()) {
      if (waiter.state().waitsForTask() && isMoreUrgent(waiter, runner)) {
        owner(waiter)
            .filter(owner -> owner.state() == TracedState.READY && isMoreUrgent(runner, owner))
            .ifPresent(owner ->
                found
                    .computeIfAbsent(
                        new Parties(waiter.tid(), owner.tid(), runner.tid()), _ -> new Inversion())
                    .add(from, until));
      }
    }
  }

  /** Level 0 is the most urgent (kernel/include/scheduler.h, 9d49562). */
  private static boolean isMoreUrgent(TracedTask one, TracedTask other) {
    return one.priority != TracedTask.UNKNOWN_PRIORITY && one.priority < other.priority;
  }

  /** Who has to do something before a task can go on. */
  private Optional<TracedTask> owner(TracedTask waiter) {
    Optional<TracedTask> owner = tasks.find(waiter.on());
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      if (owner.isEmpty() || !owner.get().state().waitsForTask()) {
        return owner;
      }
      owner = tasks.find(owner.get().on());
    }
    return Optional.empty();
  }

  /** What was found, the longest first. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    long nanos = found.values().stream().mapToLong(each -> each.nanos).sum();
    lines.add(
        found.isEmpty()
            ? "no priority inversions"
            : "priority inversions, " + TraceStatistics.duration(nanos) + " in all:");
    sorted().limit(MOST_SHOWN).map(this::line).forEach(lines::add);
    if (found.size() > MOST_SHOWN) {
      lines.add("  and " + (found.size() - MOST_SHOWN) + " more (--json has all)");
    }
    return lines;
  }

  private Stream<Map.Entry<Parties, Inversion>> sorted() {
    return found.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<Parties, Inversion> each) -> each.getValue().nanos)
                .reversed());
  }

  private String line(Map.Entry<Parties, Inversion> each) {
    Parties who = each.getKey();
    Inversion what = each.getValue();
    return "  %s waited for %s while %s ran: %s in %d stretches, the longest %s from %s"
        .formatted(
            label(who.waiter()),
            label(who.owner()),
            label(who.runner()),
            TraceStatistics.duration(what.nanos),
            what.stretches,
            TraceStatistics.duration(what.longest),
            new VirtualTime(what.longestFrom));
  }

  private String label(int tid) {
    return tasks
        .find(tid)
        .map(task -> Printable.line(task.label()) + " (priority " + task.priority + ")")
        .orElse("tid " + tid);
  }

  void tell(JsonWriter json) throws IOException {
    json.name("inversions").beginArray();
    for (Map.Entry<Parties, Inversion> each : sorted().toList()) {
      json.beginObject();
      json.name("waiter").value(each.getKey().waiter());
      json.name("owner").value(each.getKey().owner());
      json.name("runner").value(each.getKey().runner());
      json.name("nanos").value(each.getValue().nanos);
      json.name("longestNanos").value(each.getValue().longest);
      json.name("longestFromNanos").value(each.getValue().longestFrom);
      json.endObject();
    }
    json.endArray();
  }
}
