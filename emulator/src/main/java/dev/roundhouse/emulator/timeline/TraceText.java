package dev.roundhouse.emulator.timeline;

import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.trace.EventVisitor;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Shows the events of a trace to people, one a line as {@code strace} does: a call with its result,
 * or, behind others, what it gave and how long it took.
 */
public final class TraceText implements TraceSink {
  private static final long SECOND = 1_000_000_000;
  private static final int LONGEST_VALUE = 200;
  private static final int BYTE = 0xff;
  private static final int NOBODY = -1;

  private final TraceFilter filter;
  private final Consumer<CharSequence> out;
  private final TaskFollower follower = new TaskFollower(new TimelineListener() {});
  private final EventFields event = new EventFields();
  private final StringBuilder line = new StringBuilder();
  private int held = NOBODY;

  /**
   * Shows those that are wanted.
   *
   * @param out takes the lines, each with its end
   */
  public TraceText(TraceFilter filter, Consumer<CharSequence> out) {
    this.filter = filter;
    this.out = out;
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent newEvent) {
    event.of(newEvent);
    Optional<TracedTask> before = follower.find(event.tid());
    String openCall = before.map(task -> task.call).orElse("");
    long calledAt = before.map(task -> task.calledAt).orElse(0L);
    follower.take(nanos, event);
    Optional<TracedTask> about = follower.find(event.tid());
    boolean isAnswer = !openCall.isEmpty() && TraceFilter.isAnswer(event);
    boolean isOfHeld = isAnswer && held == event.tid();
    if (!isOfHeld) {
      end();
    }
    if (!filter.wants(nanos, event, about, openCall)) {
      return;
    }
    if (isOfHeld) {
      line.append(" = ").append(event.value("result", 0));
      end();
      return;
    }
    held = event.tid();
    begin(nanos, about);
    if (event.name().equals("call")) {
      line.append(Printable.line(event.word("call"))).append('(');
      event.describeTo(new Fields("", ", "));
      line.append(')');
      return;
    }
    if (isAnswer) {
      tellAnswer(openCall, nanos - calledAt);
    } else {
      line.append(Printable.line(event.name(), LONGEST_VALUE));
      event.describeTo(new Fields(" ", " "));
      tellCharacter();
    }
    end();
  }

  private void tellAnswer(String call, long afterNanos) {
    line.append(Printable.line(call)).append(" = ").append(event.value("result", 0));
    if (afterNanos > 0) {
      line.append(" after ");
      seconds(afterNanos);
    }
  }

  /** Shows what is left at the end of the trace. */
  public void end() {
    if (!line.isEmpty()) {
      out.accept(line.append('\n'));
      line.setLength(0);
    }
    held = NOBODY;
  }

  private void begin(long nanos, Optional<TracedTask> about) {
    seconds(nanos);
    line.append("  ");
    if (about.isPresent()) {
      line.append(Printable.line(about.get().label(), LONGEST_VALUE)).append(": ");
    }
  }

  private void seconds(long nanos) {
    line.append(nanos / SECOND).append('.');
    long rest = nanos % SECOND;
    for (long digit = SECOND / 10; digit > 0; digit /= 10) {
      line.append((char) ('0' + rest / digit % 10));
    }
    line.append('s');
  }

  /** What a serial line carries is mostly text. */
  private void tellCharacter() {
    long value = event.value("value", event.value("data", -1)) & BYTE;
    if (!event.word("uart").isEmpty()) {
      line.append(" '").append(Printable.line(Character.toString((int) value))).append('\'');
    }
  }

  /** Tells an event's fields, but not of whom it is, nor its call. */
  private final class Fields implements EventVisitor {
    private final String between;
    private String before;

    Fields(String first, String between) {
      before = first;
      this.between = between;
    }

    @Override
    public EventVisitor event(String name) {
      return this;
    }

    @Override
    public EventVisitor number(String name, long value) {
      if (!name.equals("tid")) {
        name(name).append(value);
      }
      return this;
    }

    @Override
    public EventVisitor address(String name, long value) {
      name(name).append("0x").append(Long.toHexString(value));
      return this;
    }

    @Override
    public EventVisitor text(String name, String value) {
      if (!name.equals("call")) {
        name(name).append(Printable.line(value, LONGEST_VALUE));
      }
      return this;
    }

    private StringBuilder name(String name) {
      line.append(before);
      before = between;
      return line.append(Printable.line(name, LONGEST_VALUE)).append('=');
    }
  }
}
