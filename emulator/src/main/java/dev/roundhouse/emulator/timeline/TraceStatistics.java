package dev.roundhouse.emulator.timeline;

import com.google.gson.stream.JsonWriter;
import dev.roundhouse.devices.text.JsonText;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a trace says of each task: its share of the processor, how long its messages took, how many
 * waited for it, what it waited for longest; and priority inversions.
 */
public final class TraceStatistics implements TraceSink {
  private static final double PERCENT = 100;
  private static final int LONGEST_NAME = 24;

  private final Tally tally = new Tally();
  private final TaskFollower follower = new TaskFollower(tally);
  private final Inversions inversions = new Inversions(follower);
  private final EventFields event = new EventFields();

  /** Of a trace that has not been read yet. */
  public TraceStatistics() {}

  /** How often something took how long, in virtual nanoseconds. */
  private static final class Durations {
    private long count;
    private long sum;
    private long longest;

    void add(long nanos) {
      count++;
      sum += nanos;
      longest = Math.max(longest, nanos);
    }

    String text() {
      return count == 0 ? "-" : duration(sum / count) + " " + duration(longest);
    }

    void tell(JsonWriter json, String name) throws IOException {
      json.name(name).beginObject();
      json.name("count").value(count);
      json.name("meanNanos").value(count == 0 ? 0 : sum / count);
      json.name("longestNanos").value(longest);
      json.endObject();
    }
  }

  /** The figures of a task. */
  private static final class Figures {
    private final Durations sent = new Durations();
    private final Durations served = new Durations();
    private long runNanos;
    private long calls;
    private int queued;
    private int mostQueued;
    private long longestNanos;
    private long longestAt;
    private String longest = "-";
    private long receivedAt;
  }

  /** Counts. */
  private final class Tally implements TimelineListener {
    private final Map<Integer, Figures> figures = new TreeMap<>();

    Figures of(TracedTask task) {
      return figures.computeIfAbsent(task.tid(), _ -> new Figures());
    }

    @Override
    public void began(TracedTask task, long nanos) {
      if (task.state() == TracedState.SEND_BLOCKED) {
        follower
            .find(task.on())
            .map(this::of)
            .ifPresent(server -> {
              server.queued++;
              server.mostQueued = Math.max(server.mostQueued, server.queued);
            });
      }
    }

    @Override
    public void ended(TracedTask task, long nanos) {
      Figures own = of(task);
      long time = nanos - task.since();
      // In a call of the kernel model that takes time, the kernel works for the task.
      boolean isWorkedFor = task.state() == TracedState.IN_CALL && task.isOfModel();
      if (task.state() == TracedState.RUNNING || isWorkedFor) {
        own.runNanos += time;
      } else if (task.state() == TracedState.SEND_BLOCKED) {
        follower.find(task.on()).map(this::of).ifPresent(server -> server.queued--);
      }
      if (task.state().isBlocked() && !isWorkedFor && time > own.longestNanos) {
        own.longestNanos = time;
        own.longestAt = task.since();
        own.longest = task.state() + target(task);
      }
    }

    private String target(TracedTask task) {
      if (task.state() == TracedState.EVENT_BLOCKED) {
        return " on event " + task.on();
      }
      return task.on() < 0
          ? ""
          : " on " + follower.find(task.on()).map(TracedTask::label).orElse("tid " + task.on());
    }

    @Override
    public void called(TracedTask task, long nanos, EventFields call, long message) {
      of(task).calls++;
    }

    @Override
    public void received(TracedTask sender, TracedTask receiver, long nanos) {
      of(sender).receivedAt = nanos;
    }

    @Override
    public void replied(TracedTask sender, TracedTask replier, long nanos) {
      of(sender).sent.add(nanos - sender.calledAt);
      if (sender.next == TracedState.REPLY_BLOCKED) {
        of(replier).served.add(nanos - of(sender).receivedAt);
      }
    }

    @Override
    public void passed(long from, long until) {
      inversions.passed(from, until);
    }
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent newEvent) {
    follower.take(nanos, event.of(newEvent));
  }

  /** The trace is at its end. */
  public void end() {
    follower.end();
  }

  /** The figures for people: a table. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s of virtual time, %d events, idle %.1f %%",
            new VirtualTime(follower.now()),
            follower.events(),
            share(follower.idleNanos())));
    lines.add(
        row("tid", "name", "prio", "share", "calls", "sends", "answered after", "serves", "taking")
            + "  queue  waits longest");
    for (TracedTask task : follower.tasks()) {
      lines.add(line(task, tally.of(task)));
    }
    lines.addAll(inversions.lines());
    return lines;
  }

  private String line(TracedTask task, Figures own) {
    String head =
        row(
            Integer.toString(task.tid()),
            Printable.line(task.name.isEmpty() ? "-" : task.name, LONGEST_NAME),
            task.priority == TracedTask.UNKNOWN_PRIORITY ? "-" : Integer.toString(task.priority),
            String.format(Locale.ROOT, "%.1f %%", share(own.runNanos)),
            Long.toString(own.calls),
            Long.toString(own.sent.count),
            own.sent.text(),
            Long.toString(own.served.count),
            own.served.text());
    String wait =
        own.longestNanos == 0
            ? "-"
            : "%s %s, from %s"
                .formatted(
                    duration(own.longestNanos),
                    Printable.line(own.longest),
                    new VirtualTime(own.longestAt));
    return head + "  %5d  %s".formatted(own.mostQueued, wait);
  }

  private static String row(Object... cells) {
    return "%4s  %-16s %5s %8s %8s %8s  %-20s %7s  %-20s".formatted(cells);
  }

  private double share(long nanos) {
    return follower.now() == 0 ? 0 : nanos * PERCENT / follower.now();
  }

  /** Such as {@code 12.3us}. */
  static String duration(long nanos) {
    String[] units = {"ns", "us", "ms", "s"};
    double value = nanos;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f%s" : "%.2f%s", value, units[unit]);
  }

  /** The figures as a JSON object in one line. */
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name("virtualNanos").value(follower.now());
      json.name("events").value(follower.events());
      json.name("idleNanos").value(follower.idleNanos());
      json.name("tasks").beginArray();
      for (TracedTask task : follower.tasks()) {
        tell(json, task, tally.of(task));
      }
      json.endArray();
      inversions.tell(json);
      json.endObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string takes all that is written", e);
    }
    return JsonText.shown(text.toString());
  }

  private static void tell(JsonWriter json, TracedTask task, Figures own) throws IOException {
    json.beginObject();
    json.name("tid").value(task.tid());
    json.name("name").value(task.name);
    if (task.priority != TracedTask.UNKNOWN_PRIORITY) {
      json.name("priority").value(task.priority);
    }
    json.name("runNanos").value(own.runNanos);
    json.name("calls").value(own.calls);
    own.sent.tell(json, "sent");
    own.served.tell(json, "served");
    json.name("mostQueued").value(own.mostQueued);
    json.name("longestWaitNanos").value(own.longestNanos);
    json.name("longestWait").value(own.longest);
    json.name("longestWaitAtNanos").value(own.longestAt);
    json.endObject();
  }
}
