package dev.roundhouse.emulator.timeline;

import dev.roundhouse.devices.trace.EventVisitor;
import dev.roundhouse.devices.trace.TraceEvent;
import java.util.Arrays;

/**
 * An event taken apart into its name and fields. One serves for event after event, so that millions
 * of them need no memory; it is an event itself, which describes itself as what it was made of.
 */
public final class EventFields implements EventVisitor, TraceEvent {
  /** An event has no more fields; those of system calls with eight arguments have the most. */
  static final int MOST = 40;

  private enum Kind {
    NUMBER,
    ADDRESS,
    TEXT
  }

  private final String[] names = new String[MOST];
  private final String[] texts = new String[MOST];
  private final long[] numbers = new long[MOST];
  private final Kind[] kinds = new Kind[MOST];
  private String event = "";
  private int size;

  /** Fields of no event. */
  public EventFields() {
    Arrays.fill(texts, "");
  }

  /** Takes the place of what was here. */
  public EventFields of(TraceEvent other) {
    clear();
    other.describeTo(this);
    return this;
  }

  void clear() {
    size = 0;
    event = "";
  }

  int size() {
    return size;
  }

  /** What happened, such as {@code send-blocked}. */
  public String name() {
    return event;
  }

  /** The number in a field, or {@code absent} if there is none. */
  public long value(String name, long absent) {
    int at = at(name);
    return at < 0 || kinds[at] == Kind.TEXT ? absent : numbers[at];
  }

  /** The task that it is about; -1 for none. */
  public int tid() {
    return (int) value("tid", -1);
  }

  /** The text in a field, empty if there is none. */
  public String word(String name) {
    int at = at(name);
    return at < 0 || kinds[at] != Kind.TEXT ? "" : texts[at];
  }

  private int at(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public EventVisitor event(String name) {
    event = name;
    return this;
  }

  @Override
  public EventVisitor number(String name, long value) {
    return put(name, Kind.NUMBER, value, "");
  }

  @Override
  public EventVisitor address(String name, long value) {
    return put(name, Kind.ADDRESS, value, "");
  }

  @Override
  public EventVisitor text(String name, String value) {
    return put(name, Kind.TEXT, 0, value);
  }

  private EventVisitor put(String name, Kind kind, long number, String text) {
    names[size] = name;
    kinds[size] = kind;
    numbers[size] = number;
    texts[size] = text;
    size++;
    return this;
  }

  @Override
  public void describeTo(EventVisitor visitor) {
    visitor.event(event);
    for (int i = 0; i < size; i++) {
      EventVisitor _ =
          switch (kinds[i]) {
            case NUMBER -> visitor.number(names[i], numbers[i]);
            case ADDRESS -> visitor.address(names[i], numbers[i]);
            case TEXT -> visitor.text(names[i], texts[i]);
          };
    }
  }
}
