package dev.roundhouse.emulator.testing;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.emulator.observe.TraceFile;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What happened in a machine, in order. Of a long run everything about trains and the beginnings
 * and ends of tasks is remembered, and the latest {@value #MOST_OTHERS} of all other events.
 */
public final class Timeline {
  /** How many events are remembered that are not kept for good. */
  public static final int MOST_OTHERS = 1 << 17;

  private static final int MOST_KEPT = 1 << 20;

  private final List<Stamped> kept = new ArrayList<>();
  private final ArrayDeque<Stamped> latest = new ArrayDeque<>();
  private final SortedMap<Integer, String> programs = new TreeMap<>();
  private boolean isComplete = true;
  private long count;

  Timeline() {}

  /** Listens to a machine, and tells somebody else of each event afterwards. */
  TraceSink listeningFor(Consumer<TraceEvent> other) {
    return new TraceSink() {
      @Override
      public boolean isOn() {
        return true;
      }

      @Override
      public void emit(long nanos, TraceEvent event) {
        add(new Stamped(nanos, event));
        other.accept(event);
      }
    };
  }

  private void add(Stamped stamped) {
    if (stamped.event() instanceof KernelEvent.Loaded(var tid, String program, var _)) {
      programs.put(tid.value(), program);
    }
    if (latest.size() == MOST_OTHERS) {
      forget(latest.removeFirst());
    }
    latest.addLast(stamped);
    count++;
  }

  private void forget(Stamped oldest) {
    boolean isNotable =
        switch (oldest.event()) {
          case TrainEvent _ -> true;
          case KernelEvent.Created _ -> true;
          case KernelEvent.Loaded _ -> true;
          case KernelEvent.Exited _ -> true;
          default -> false;
        };
    if (isNotable && kept.size() < MOST_KEPT) {
      kept.add(oldest);
    } else {
      isComplete = false;
    }
  }

  /** Whether no event has been forgotten. */
  public boolean isComplete() {
    return isComplete;
  }

  /** All events that are remembered, in order. */
  public List<Stamped> events() {
    List<Stamped> all = new ArrayList<>(kept.size() + latest.size());
    all.addAll(kept);
    all.addAll(latest);
    return all;
  }

  /** How many events there were in all. */
  public long count() {
    return count;
  }

  /**
   * The events behind the first {@code position} ones, as far as they are among the latest.
   *
   * @param position 0 to {@link #count}
   */
  public List<Stamped> eventsFrom(long position) {
    long wanted = Math.min(count - position, latest.size());
    List<Stamped> backwards = new ArrayList<>();
    Iterator<Stamped> back = latest.descendingIterator();
    while (backwards.size() < wanted) {
      backwards.add(back.next());
    }
    return backwards.reversed();
  }

  /** The program of a task that has been loaded, whether or not the task is still there. */
  public Optional<String> program(Tid tid) {
    return Optional.ofNullable(programs.get(tid.value()));
  }

  /** The tids of all tasks that were ever loaded from a program, ascending. */
  public List<Tid> tids(String program) {
    return programs.entrySet().stream()
        .filter(task -> task.getValue().equals(program))
        .map(task -> new Tid(task.getKey()))
        .toList();
  }

  /** The names of the programs that were ever loaded, in the order of their first task. */
  public List<String> programs() {
    return programs.values().stream().distinct().toList();
  }

  /** The latest events as lines of a trace ({@code run --trace}), oldest first. */
  public List<String> tail(int most) {
    List<Stamped> tail = eventsFrom(Math.max(0, count - most));
    var bytes = new ByteArrayOutputStream();
    try (TraceFile trace = new TraceFile(bytes)) {
      tail.forEach(each -> trace.emit(each.nanos(), each.event()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
