package dev.roundhouse.emulator.timeline;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes a timeline for Perfetto (ui.perfetto.dev) of a trace: a track with the states of each task,
 * below it its calls and how many senders wait; who has the processor; serial lines, trains and
 * interrupts. Each message is a flow from send to receive to reply.
 */
public final class PerfettoTrace implements TraceSink {
  private static final long TASKS = 1;
  private static final long PROCESSOR = 2;
  private static final long READY = 3;
  private static final long INTERRUPTS = 4;
  private static final long LINES = 5;
  private static final long TRAINS = 6;
  private static final long EVENTS = 7;
  private static final long FIRST_OTHER = 1000;
  private static final long FIRST_TASK = 1L << 32;
  private static final int TRACKS_OF_TASK = 4;
  private static final int CALLS = 1;
  private static final int QUEUE = 2;
  private static final int BYTE = 0xff;

  private final PerfettoPackets packets;
  private final Tracks tracks = new Tracks();
  private final TaskFollower follower = new TaskFollower(tracks);
  private final EventFields event = new EventFields();

  /** Writes to a stream, which should have a buffer; the caller closes it. */
  public PerfettoTrace(OutputStream out) {
    packets = new PerfettoPackets(out);
    packets.track(TASKS, "tasks", 0);
    packets.track(PROCESSOR, "processor", 0);
    packets.counterTrack(READY, "ready tasks", 0);
    packets.track(INTERRUPTS, "interrupts", 0);
    packets.track(LINES, "lines", 0);
    packets.track(TRAINS, "trains", 0);
    packets.track(EVENTS, "other events", 0);
  }

  @Override
  public boolean isOn() {
    return true;
  }

  /**
   * Takes an event.
   *
   * @throws java.io.UncheckedIOException when the stream does not take it
   */
  @Override
  public void emit(long nanos, TraceEvent newEvent) {
    follower.take(nanos, event.of(newEvent));
    switch (event.name()) {
      case "loaded" -> follower.find(event.tid()).ifPresent(task -> tracks.loaded(task, nanos));
      case "interrupt" -> instant(INTERRUPTS, "interrupt " + event.value("id", 0), nanos);
      case "frame-sent" -> frame(" sent", event.value("value", 0), nanos);
      case "frame-received" -> frame(" received", event.value("data", 0), nanos);
      case "can-frame" ->
          instant(tracks.of(event.word("station"), LINES), event.word("frame"), nanos);
      case "speed" ->
          packets.counter(
              nanos,
              tracks.counterOf("speed of train " + event.value("train", 0), TRAINS),
              event.value("level", 0));
      case "sensor", "turnout", "train-stopped", "direction", "box-command", "track-power" ->
          instant(TRAINS, event.name(), nanos);
      case "created", "started", "call", "ready", "returned", "dispatched", "interrupted" -> {
        // Told by the tracks of tasks.
      }
      case "send-blocked",
          "receive-blocked",
          "reply-blocked",
          "event-blocked",
          "exited",
          "idle" -> {
        // As well.
      }
      default -> instant(EVENTS, event.name(), nanos);
    }
  }

  /** The trace is at its end. */
  public void end() {
    follower.end();
  }

  private void instant(long track, String name, long nanos) {
    packets.begin(PerfettoPackets.INSTANT, track, name).with(event).end(nanos);
  }

  private void frame(String direction, long value, long nanos) {
    String character = Character.toString((int) value & BYTE);
    instant(tracks.of(event.word("uart") + direction, LINES), character, nanos);
  }

  private static long uuid(TracedTask task, int kind) {
    return FIRST_TASK + (long) TRACKS_OF_TASK * task.tid() + kind;
  }

  /** Tells what tasks do. */
  private final class Tracks implements TimelineListener {
    private final Set<Integer> known = new HashSet<>();
    private final Map<String, Long> others = new HashMap<>();
    private final Map<Integer, Integer> queues = new HashMap<>();
    private final Set<Integer> open = new HashSet<>();
    private int ready;
    private int shownReady;

    long of(String name, long parent) {
      return others.computeIfAbsent(
          name,
          _ -> {
            long uuid = FIRST_OTHER + others.size();
            packets.track(uuid, name, parent);
            return uuid;
          });
    }

    long counterOf(String name, long parent) {
      return others.computeIfAbsent(
          name,
          _ -> {
            long uuid = FIRST_OTHER + others.size();
            packets.counterTrack(uuid, name, parent);
            return uuid;
          });
    }

    /** A track has its name for ever: that of a task that is being loaded is waited for. */
    private boolean isShown(TracedTask task) {
      if (known.contains(task.tid())) {
        return true;
      }
      boolean isBeingLoaded = task.isOfModel() && task.name.isEmpty() && !task.isInCall();
      if (isBeingLoaded) {
        return false;
      }
      known.add(task.tid());
      packets.track(uuid(task, 0), task.label(), TASKS);
      packets.track(uuid(task, CALLS), "calls of tid " + task.tid(), uuid(task, 0));
      packets.counterTrack(uuid(task, QUEUE), "senders queued at tid " + task.tid(), uuid(task, 0));
      return true;
    }

    void loaded(TracedTask task, long nanos) {
      if (!known.contains(task.tid()) && task.state() != TracedState.MADE) {
        begin(task, nanos);
      }
    }

    private void begin(TracedTask task, long nanos) {
      if (isShown(task) && open.add(task.tid())) {
        packets.begin(PerfettoPackets.SLICE_BEGIN, uuid(task, 0), state(task)).end(nanos);
      }
    }

    private String state(TracedTask task) {
      if (task.state() == TracedState.EVENT_BLOCKED) {
        return task.state() + " on event " + task.on();
      }
      return task.on() < 0
          ? task.state().toString()
          : task.state()
              + " on "
              + follower.find(task.on()).map(TracedTask::label).orElse("tid " + task.on());
    }

    @Override
    public void began(TracedTask task, long nanos) {
      begin(task, nanos);
      switch (task.state()) {
        case RUNNING ->
            packets.begin(PerfettoPackets.SLICE_BEGIN, PROCESSOR, task.label()).end(nanos);
        case READY -> ready++;
        case SEND_BLOCKED -> queue(task.on(), 1, nanos);
        default -> {
          // The slice tells it.
        }
      }
    }

    @Override
    public void ended(TracedTask task, long nanos) {
      if (open.remove(task.tid())) {
        packets.beginEnd(uuid(task, 0)).end(nanos);
      }
      switch (task.state()) {
        case RUNNING -> packets.beginEnd(PROCESSOR).end(nanos);
        case READY -> ready--;
        case SEND_BLOCKED -> queue(task.on(), -1, nanos);
        default -> {
          // The slice tells it.
        }
      }
    }

    private void queue(int tid, int added, long nanos) {
      int length = queues.merge(tid, added, Integer::sum);
      follower
          .find(tid)
          .filter(this::isShown)
          .ifPresent(task -> packets.counter(nanos, uuid(task, QUEUE), length));
    }

    @Override
    public void called(TracedTask task, long nanos, EventFields call, long message) {
      if (!isShown(task)) {
        return;
      }
      packets.begin(PerfettoPackets.SLICE_BEGIN, uuid(task, CALLS), task.call);
      packets.with(call);
      if (message != 0) {
        if (message == task.message) {
          packets.flow(message);
        } else {
          packets.lastOfFlow(message);
        }
      }
      packets.end(nanos);
    }

    @Override
    public void answered(TracedTask task, long nanos, long result) {
      if (known.contains(task.tid())) {
        packets.beginEnd(uuid(task, CALLS)).with("result", result).end(nanos);
      }
    }

    @Override
    public void received(TracedTask sender, TracedTask receiver, long nanos) {
      if (isShown(receiver) && sender.message != 0) {
        packets
            .begin(PerfettoPackets.INSTANT, uuid(receiver, CALLS), "message from " + sender.label())
            .flow(sender.message)
            .end(nanos);
      }
    }

    @Override
    public void passed(long from, long until) {
      if (ready != shownReady) {
        shownReady = ready;
        packets.counter(from, READY, ready);
      }
    }
  }
}
