package dev.roundhouse.emulator.boundary;

import dev.roundhouse.devices.trace.EventVisitor;
import dev.roundhouse.kernel.abi.ArgumentShape.Kind;

/**
 * An argument of one system call.
 *
 * @param name as in traces
 * @param value the register
 * @param length the second register of a buffer, otherwise 0
 * @param content of memory that the kernel reads, a character for each byte; empty otherwise
 */
public record GivenArgument(Kind kind, String name, long value, long length, String content) {
  /** Tells it as a field, or two, of an event. */
  void describeTo(EventVisitor visitor) {
    var _ =
        switch (kind) {
          case INT, LONG, TID, PRIORITY -> visitor.number(name, number());
          case TEXT -> visitor.text(name, content);
          case IN, OUT -> visitor.address(name, value).number(name + "_bytes", length);
          case OUT_INT, OUT_POINTER, IN_ANY, OUT_ANY, ANY -> visitor.address(name, value);
        };
  }

  /** The number, as wide as it is. */
  private long number() {
    return kind == Kind.LONG ? value : (int) value;
  }

  /** What matters of it, for a comparison: no addresses. */
  public String text() {
    return name
        + "="
        + switch (kind) {
          case INT, TID, PRIORITY, LONG -> Long.toString(number());
          case TEXT -> Bytes.quoted(content);
          case IN -> value == 0 && length == 0 ? "none" : Bytes.quoted(content) + cut();
          case OUT -> "room for " + Long.toUnsignedString(length);
          case OUT_INT, OUT_POINTER, IN_ANY, OUT_ANY, ANY -> "...";
        };
  }

  private String cut() {
    return content.length() == length ? "" : " of " + Long.toUnsignedString(length);
  }
}
