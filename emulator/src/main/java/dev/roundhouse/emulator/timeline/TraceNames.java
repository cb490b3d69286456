package dev.roundhouse.emulator.timeline;

import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.text.SimilarNames;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Passes a trace on and notes what tasks and calls it has, for who asks for others. */
public final class TraceNames implements TraceSink {
  /** As many as a person reads. */
  private static final int MOST = 40;

  /** No run has so many: what a damaged or hostile trace has more of is not looked at. */
  private static final int MOST_NOTED = 100_000;

  private final TraceSink onward;
  private final EventFields event = new EventFields();
  private final Map<Integer, String> tasks = new TreeMap<>();
  private final Set<String> calls = new TreeSet<>();

  /** Passes it to {@code onward}. */
  public TraceNames(TraceSink onward) {
    this.onward = onward;
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent newEvent) {
    onward.emit(nanos, newEvent);
    if (tasks.size() == MOST_NOTED || calls.size() == MOST_NOTED) {
      return;
    }
    event.of(newEvent);
    if (event.tid() >= 0) {
      String program = event.word("program");
      if (!program.isEmpty() || !tasks.containsKey(event.tid())) {
        tasks.put(event.tid(), program);
      }
    }
    if (event.name().equals("call")) {
      calls.add(event.word("call"));
    }
  }

  /** What a filter asks for and the trace does not have, and what it has; empty if it has it. */
  public Optional<String> missing(TraceFilter filter) {
    return filter
        .task()
        .filter(task -> tasks.entrySet().stream().noneMatch(one -> isMeant(one, task)))
        .map(task ->
            "--task %s: no such task in it; it has %s%s"
                .formatted(
                    task,
                    list(
                        tasks.entrySet().stream()
                            .map(one -> (one.getKey() + " " + one.getValue()).strip())
                            .toList()),
                    SimilarNames.hint(task, tasks.values())))
        .or(() ->
            filter
                .call()
                .filter(call -> !calls.contains(call))
                .map(call ->
                    "--call %s: no such call in it; it has %s%s"
                        .formatted(call, list(calls), SimilarNames.hint(call, calls))));
  }

  private static boolean isMeant(Map.Entry<Integer, String> one, String task) {
    return one.getValue().equals(task) || Integer.toString(one.getKey()).equals(task);
  }

  private static String list(Collection<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String shown = Printable.line(String.join(", ", names.stream().limit(MOST).toList()));
    return names.size() > MOST ? shown + " and others" : shown;
  }
}
