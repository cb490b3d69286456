package dev.roundhouse.emulator.timeline;

import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.trace.EventVisitor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the packets of a Perfetto trace (perfetto, protos/perfetto/trace/trace_packet.proto,
 * clock_snapshot.proto and track_event/*.proto): one sequence, whose names are interned and whose
 * times are differences in nanoseconds on a clock of its own.
 */
final class PerfettoPackets {
  /** Types of track events. */
  static final int SLICE_BEGIN = 1;

  static final int SLICE_END = 2;
  static final int INSTANT = 3;
  private static final int COUNTER = 4;

  private static final int BOOT_TIME = 6;
  private static final int OWN_CLOCK = 64;
  private static final int STATE_CLEARED = 1;
  private static final int NEEDS_STATE = 2;

  /** Of one that has more different texts the rest are written where they are. */
  private static final int MOST_NAMES = 1 << 16;

  private static final int LONGEST_NAME = 200;

  private final OutputStream out;
  private final Map<String, Integer> names = new HashMap<>();
  private final Map<String, Integer> annotations = new HashMap<>();
  private final ProtoMessage file = new ProtoMessage();
  private final ProtoMessage packet = new ProtoMessage();
  private final ProtoMessage event = new ProtoMessage();
  private final ProtoMessage interned = new ProtoMessage();
  private final ProtoMessage part = new ProtoMessage();
  private final Arguments arguments = new Arguments();
  private long latest;

  PerfettoPackets(OutputStream out) {
    this.out = out;
    start();
  }

  private void start() {
    ProtoMessage clocks = event.clear();
    clocks.message(1, part.clear().number(1, BOOT_TIME).number(2, 0));
    clocks.message(1, part.clear().number(1, OWN_CLOCK).number(2, 0).number(3, 1));
    packet
        .clear()
        .number(8, 0)
        .number(58, BOOT_TIME)
        .message(6, clocks)
        .message(59, part.clear().number(58, OWN_CLOCK));
    finish(STATE_CLEARED);
  }

  /** Makes a track for slices and instants known; {@code parent} 0 is none. */
  void track(long uuid, String name, long parent) {
    descriptor(uuid, name, parent);
    packet.message(60, event);
    finish(NEEDS_STATE);
  }

  /** Makes a track for values known. */
  void counterTrack(long uuid, String name, long parent) {
    descriptor(uuid, name, parent);
    packet.message(60, event.message(8, part.clear()));
    finish(NEEDS_STATE);
  }

  private void descriptor(long uuid, String name, long parent) {
    event.clear().number(1, uuid).text(2, Printable.line(name, LONGEST_NAME));
    if (parent != 0) {
      event.number(5, parent);
    }
    packet.clear();
    packet.number(8, 0);
  }

  /** A value from a time on. */
  void counter(long nanos, long uuid, long value) {
    event.clear().number(9, COUNTER).number(11, uuid).number(30, value);
    packet.clear().number(8, nanos - latest).message(11, event);
    latest = nanos;
    finish(NEEDS_STATE);
  }

  /** Begins an event that has a name. */
  PerfettoPackets begin(int type, long uuid, String wanted) {
    String name = wanted.length() > LONGEST_NAME ? wanted.substring(0, LONGEST_NAME) : wanted;
    interned.clear();
    event.clear().number(9, type).number(11, uuid);
    Integer known = names.get(name);
    if (known == null && names.size() < MOST_NAMES) {
      known = names.size() + 1;
      names.put(name, known);
      interned.message(2, part.clear().number(1, known).text(2, Printable.line(name)));
    }
    if (known == null) {
      event.text(23, Printable.line(name));
    } else {
      event.number(10, known);
    }
    return this;
  }

  /** Begins the end of a slice. */
  PerfettoPackets beginEnd(long uuid) {
    interned.clear();
    event.clear().number(9, SLICE_END).number(11, uuid);
    return this;
  }

  /** It is a step of a flow. */
  PerfettoPackets flow(long id) {
    event.fixed64(47, id);
    return this;
  }

  /** It is the last step of a flow. */
  PerfettoPackets lastOfFlow(long id) {
    event.fixed64(48, id);
    return this;
  }

  /** It has the fields of an event. */
  PerfettoPackets with(EventFields fields) {
    fields.describeTo(arguments);
    return this;
  }

  PerfettoPackets with(String name, long value) {
    arguments.number(name, value);
    return this;
  }

  /** Writes the event that was begun. */
  void end(long nanos) {
    packet.clear().number(8, nanos - latest).message(11, event);
    latest = nanos;
    if (!interned.isEmpty()) {
      packet.message(12, interned);
    }
    finish(NEEDS_STATE);
  }

  private void finish(int flags) {
    packet.number(10, 1).number(13, flags);
    try {
      file.clear().message(1, packet).writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells fields as debug annotations. */
  private final class Arguments implements EventVisitor {
    @Override
    public EventVisitor event(String name) {
      return this;
    }

    @Override
    public EventVisitor number(String name, long value) {
      if (!name.equals("tid")) {
        event.message(4, named(name).number(4, value));
      }
      return this;
    }

    @Override
    public EventVisitor address(String name, long value) {
      event.message(4, named(name).number(7, value));
      return this;
    }

    @Override
    public EventVisitor text(String name, String value) {
      if (!name.equals("call")) {
        event.message(4, named(name).text(6, value));
      }
      return this;
    }

    private ProtoMessage named(String name) {
      Integer known = annotations.get(name);
      if (known == null && annotations.size() < MOST_NAMES) {
        known = annotations.size() + 1;
        annotations.put(name, known);
        interned.message(3, part.clear().number(1, known).text(2, name));
      }
      return known == null ? part.clear().text(10, name) : part.clear().number(1, known);
    }
  }
}
