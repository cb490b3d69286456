package dev.roundhouse.devices.trace;

/** Who is told what an event is: its name, then field after field. */
public interface EventVisitor {
  /** What happened, in a word such as {@code send-blocked}. */
  EventVisitor event(String name);

  /** A number; those that are unsigned in 32 bits come widened. */
  EventVisitor number(String name, long value);

  /** An address, or what else is read in hexadecimal. */
  EventVisitor address(String name, long value);

  /** A text as it is: it may come from a guest. */
  EventVisitor text(String name, String value);
}
