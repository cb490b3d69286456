package dev.roundhouse.devices.trace;

import dev.roundhouse.devices.text.Printable;

/** An event on one line for people, such as {@code send-blocked tid=3 to=4}. */
public final class EventText implements EventVisitor {
  private final StringBuilder line = new StringBuilder();

  private EventText() {}

  /** The event's name and fields. */
  public static String of(TraceEvent event) {
    EventText text = new EventText();
    event.describeTo(text);
    return text.line.toString();
  }

  @Override
  public EventVisitor event(String name) {
    line.append(name);
    return this;
  }

  @Override
  public EventVisitor number(String name, long value) {
    return put(name, Long.toString(value));
  }

  @Override
  public EventVisitor address(String name, long value) {
    return put(name, "0x" + Long.toHexString(value));
  }

  @Override
  public EventVisitor text(String name, String value) {
    return put(name, Printable.line(value));
  }

  private EventVisitor put(String name, String value) {
    line.append(' ').append(name).append('=').append(value);
    return this;
  }
}
